import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { tunableOnnx } from '../../../../src-main/engine/encoders/tuned/tunable-onnx.ts';
import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import type { NamedArray } from '../../../../src-main/engine/graph/program.ts';
import {
  networkGraph,
  runNetwork,
} from '../../../../src-main/engine/networks/onnx-operators/network-graph.ts';
import { networkWeights } from '../../../../src-main/engine/networks/onnx-operators/network-weights.ts';
import { decodeModel } from '../../../../src-main/engine/onnx/model-message.ts';

const folder = join(import.meta.dirname, '../../../fixtures/tuned-onnx');

interface Golden {
  readonly side: number;
  readonly loss: number;
  readonly output: readonly (readonly number[])[];
  readonly weights: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly norm: number;
    readonly gradient: readonly number[];
  }[];
}

/** Of the same formula as in onnx_gradients.py, [2, 3, side, side]. */
function pictures(side: number): Float32Array {
  return Float32Array.from({ length: 2 * 3 * side * side }, (_, at) => {
    const [x, y] = [at % side, Math.floor(at / side) % side];
    const [c, n] = [Math.floor(at / side ** 2) % 3, Math.floor(at / (3 * side ** 2))];
    return Math.sin(0.37 * x + 0.23 * y * (n + 1) + 1.1 * c);
  });
}

async function read(name: string) {
  const golden = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as Golden;
  const bytes = await readFile(join(folder, `${name}.onnx`));
  return { golden, bytes, graph: networkGraph(decodeModel(bytes), 'pixel_values', 'features') };
}

/** Output, loss and gradients of a network by all its weights, as the tracer records it. */
async function passOn(name: string, device = 'cpu') {
  const { golden, graph } = await read(name);
  const { side } = golden;
  const weights = networkWeights(graph).map(({ name: weight }) => graph.constants.get(weight)!);
  const names = networkWeights(graph).map((weight) => weight.name);
  const program = await compileProgram(
    {
      name,
      inputs: [
        { name: 'x', shape: [2, 3, side, side], dtype: 'float' },
        ...weights.map(({ shape }, at) => ({ name: `w${at}`, shape, dtype: 'float' as const })),
      ],
      build: (inputs) => {
        const own = names.map((_, at) => inputs[`w${at}`]!);
        const x = inputs['x'] as tf.Tensor4D;
        const outputOf = (...values: tf.Tensor[]): tf.Tensor =>
          tf.reshape(
            runNetwork(graph, x, new Map(names.map((each, at) => [each, values[at]!]))),
            [2, -1],
          );
        const loss = (...values: tf.Tensor[]): tf.Scalar => {
          const h = outputOf(...values);
          const factors = Float32Array.from({ length: h.size }, (_, at) =>
            Math.sin((at % (h.size / 2)) + 1 + Math.floor((2 * at) / h.size)),
          );
          return tf.sum(tf.mul(h, tf.tensor(factors, h.shape)));
        };
        const { value, grads } = tf.valueAndGrads(loss)(own);
        return {
          loss: value,
          output: outputOf(...own),
          ...Object.fromEntries(grads.map((gradient, at) => [`g${at}`, gradient])),
        };
      },
    },
    device,
  );
  try {
    const feeds = weights.map(({ values }, at) => [`w${at}`, values] as const);
    const outputs = await program.run({ x: pictures(side), ...Object.fromEntries(feeds) });
    const valuesOf = (key: string): number[] => [...(outputs[key] as NamedArray).values];
    const gradients = names.map((each, at) => ({
      name: each,
      values: [...weights[at]!.values],
      gradient: valuesOf(`g${at}`),
    }));
    return { golden, loss: valuesOf('loss')[0]!, output: valuesOf('output'), gradients };
  } finally {
    await program.dispose();
  }
}

/** How many of a network's weights the file of golden values has, and the layers that it should have. */
const networks: readonly [string, number, readonly string[]][] = [
  ['resnet', 20, ['stem', 'layer1.0', 'layer2.0', 'layer2.1']],
  ['resnext-batch-norm', 30, ['stem', 'layer1.0', 'layer2.0', 'layer2.1']],
  ['mobilenet', 30, ['features.0', 'features.1', 'features.2', 'features.3', 'classifier.0']],
  ['efficientnet', 22, ['stem', 'blocks.0', 'blocks.1']],
  [
    'convnext',
    28,
    ['stem.0', 'stem.1', 'stages.0', 'stages.0.blocks.0', 'stages.0.blocks.1', 'top'],
  ],
  ['vit', 32, ['stem', 'blocks.0', 'blocks.1', 'top']],
  ['clip', 40, ['stem', 'vision_model.encoder.layers.0', 'vision_model.encoder.layers.1', 'top']],
  ['siglip', 48, ['stem', 'encoder.layers.0', 'encoder.layers.1', 'top']],
];

const close = (one: number, other: number, scale: number): boolean =>
  Math.abs(one - other) < 1e-3 * scale + 1e-5;

describe.each(networks)('a network in the style of %s', (name, count, layers) => {
  it('gives the output and the gradients of PyTorch', async () => {
    const { golden, loss, output, gradients } = await passOn(name);
    expect(Math.abs(loss - golden.loss)).toBeLessThan(1e-3);
    for (const [n, numbers] of golden.output.entries()) {
      for (const [k, value] of numbers.entries()) {
        expect(Math.abs(output[(n * output.length) / 2 + k]! - value)).toBeLessThan(1e-4);
      }
    }
    const wanted = gradients.map((one) => {
      const found = golden.weights.filter(({ values }) =>
        values.every((value, at) => Math.abs(value - one.values[at]!) < 1e-5),
      );
      return { ...one, found };
    });
    for (const { name: weight, gradient, found } of wanted) {
      const length = Math.hypot(...gradient);
      const isSame = found.some(
        (one) =>
          close(one.norm, length, one.norm) &&
          one.gradient.every((value, at) => close(gradient[at]!, value, one.norm)),
      );
      expect(found.length > 0 && isSame, `${name}: ${weight}`).toBe(true);
    }
    expect(gradients).toHaveLength(count);
  });

  it('gives the output of ONNX Runtime to 1e-4', async () => {
    const { golden, bytes } = await read(name);
    const session = await InferenceSession.create(bytes);
    const { side } = golden;
    const given = new Tensor('float32', pictures(side), [2, 3, side, side]);
    const { features } = await session.run({ pixel_values: given });
    await session.release();
    const { output } = await passOn(name);
    for (const [at, value] of (features!.data as Float32Array).entries()) {
      expect(Math.abs(output[at]! - value)).toBeLessThan(1e-4);
    }
  });

  it('has the layers of its modules, and takes any number of pictures', async () => {
    const description = await inspectEncoder({ path: join(folder, `${name}.onnx`) });
    const { graph } = await read(name);
    const dimensions = (await passOn(name)).output.length / 2;
    const isTokens = name === 'vit';
    const tuned = await tunableOnnx(
      {
        ...description,
        preprocessing: { ...description.preprocessing, width: 32, height: 32 },
        output: { name: 'features', pooling: isTokens ? 'cls' : 'vector' },
      },
      'hash',
      isTokens ? 16 : dimensions,
    );
    expect(tuned.layers).toEqual(layers);
    expect(graph.nodes.length).toBeGreaterThan(5);
  });
});
