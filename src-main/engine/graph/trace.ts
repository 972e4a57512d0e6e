import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../contract/errors/errors.ts';
import { GraphRecorder } from './recorder/graph-recorder.ts';
import { plain } from './recorder/layout.ts';
import { encodeOnnxModel } from '../onnx/onnx-messages.ts';
import type { OnnxElementType, OnnxGraph, OnnxValueInfo } from '../onnx/onnx-messages.ts';
import type { ProgramSpec } from './program.ts';
import type { TracedValue } from './recorder/traced-value.ts';
import { withTracer } from './tracer-backend.ts';
import type { ObserveKernel } from './tracer-backend.ts';

/** A named input or output tensor of a model. */
export interface ModelValue {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: OnnxElementType;
}

export interface TracedModel {
  /** A serialised ONNX model, opset 18. */
  readonly model: Uint8Array;
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly ModelValue[];
  readonly nodeCount: number;
}

interface RecordOptions {
  /** Is told of each operation and its results. */
  readonly observe?: ObserveKernel;
  /** As the `GraphRecorder` has it; float64 programs have no blocked operators. */
  readonly channelBlock?: number;
}

/**
 * Records `spec.build` once as an ONNX graph with fixed shapes.
 * @throws EngineError as `traceToOnnx`
 */
export function recordGraph(
  spec: ProgramSpec,
  { observe, channelBlock = 0 }: RecordOptions = {},
): OnnxGraph {
  const { precision = 'float32' } = spec;
  const block = precision === 'float32' ? channelBlock : 0;
  const graph = new GraphRecorder(spec.name, precision, block);
  const outputs = withTracer(
    graph,
    (trace) => {
      const results = new Map<string, TracedValue>();
      tf.tidy(() => {
        const inputs = spec.inputs.map((input) => {
          const tensor = trace.tensorOf(graph.input(input), `the input '${input.name}'`);
          return [input.name, tensor] as const;
        });
        for (const [name, tensor] of Object.entries(spec.build(Object.fromEntries(inputs)))) {
          results.set(name, plain(graph, trace.valueOf(tensor)));
        }
      });
      return results;
    },
    observe,
  );
  checkState(spec, outputs);
  return graph.finish(outputs);
}

/**
 * Records `spec.build` once and writes it as an ONNX model with fixed shapes; `channelBlock` as the
 * `GraphRecorder` has it.
 *
 * tfjs rounds every constant to float32 before a backend sees it (`tf.scalar(0.1)`), in float64
 * programs too. Numbers that must be exact are therefore inputs, attributes (`tf.fill`, `clipByValue`),
 * or exact in float32.
 * @throws EngineError unsupported-operation, naming the operation that cannot be recorded or the tensor
 * that is read
 */
export function traceToOnnx(spec: ProgramSpec, channelBlock = 0): TracedModel {
  const finished = recordGraph(spec, { channelBlock });
  return {
    model: encodeOnnxModel(finished),
    inputs: finished.inputs.map(modelValue),
    outputs: finished.outputs.map(modelValue),
    nodeCount: finished.nodes.length,
  };
}

function modelValue({ name, dims, type }: OnnxValueInfo): ModelValue {
  return { name, shape: dims.map(Number), type };
}

function checkState(spec: ProgramSpec, outputs: ReadonlyMap<string, TracedValue>): void {
  for (const [output, input] of Object.entries(spec.state ?? {})) {
    const shape = outputs.get(output)?.shape.join('x');
    const wanted = spec.inputs.find(({ name }) => name === input)?.shape.join('x');
    if (shape !== undefined && shape === wanted) continue;
    throw new EngineError(
      'internal',
      `The program '${spec.name}' feeds its output '${output}' (${shape ?? 'missing'}) back as '${input}' (${wanted ?? 'missing'}).`,
    );
  }
}
