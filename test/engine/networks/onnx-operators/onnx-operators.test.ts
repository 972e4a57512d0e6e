import { InferenceSession, Tensor } from 'onnxruntime-node';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import {
  networkGraph,
  runNetwork,
} from '../../../../src-main/engine/networks/onnx-operators/network-graph.ts';
import { operatorTable } from '../../../../src-main/engine/networks/onnx-operators/operator-table.ts';
import { decodeModel, encodeModel } from '../../../../src-main/engine/onnx/model-message.ts';
import { encodeOnnxModel } from '../../../../src-main/engine/onnx/onnx-messages.ts';
import type { OnnxInitialiser } from '../../../../src-main/engine/onnx/onnx-messages.ts';
import { spread } from '../../graph/compare-devices.ts';
import { elementwiseCases, matrixCases, shapeCases, windowCases } from './operator-cases.ts';
import type { OperatorCase, Setting } from './operator-cases.ts';

const pictures = { shape: [2, 3, 4, 4], values: spread(96, 3) };
const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

interface Operand {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

function operandsOf({ inputs, values = (value) => value }: OperatorCase): Operand[] {
  return inputs.flatMap((one, at) => {
    if (!isShape(one)) return [];
    return [{ name: `i${at}`, shape: one, values: spread(sizeOf(one), at + 1).map(values) }];
  });
}

function isShape(one: OperatorCase['inputs'][number]): one is readonly number[] {
  return Array.isArray(one);
}

function settingOf(setting: Setting, name: string, isTest: boolean): OnnxInitialiser {
  if ('whole' in setting) {
    const { whole } = setting;
    if (isTest) return { name, type: 'bool', dims: [whole.length], bytes: Uint8Array.from(whole) };
    const bytes = new Uint8Array(BigInt64Array.from(whole, BigInt).buffer);
    return { name, type: 'int64', dims: [whole.length], bytes };
  }
  const values = Float32Array.from('float' in setting ? [setting.float] : setting.floats);
  const dims = 'float' in setting ? [] : [values.length];
  return { name, type: 'float32', dims, bytes: new Uint8Array(values.buffer) };
}

/** A model of one node, whose operands are weights. */
function modelOf(one: OperatorCase): Uint8Array {
  const { operator, inputs, outputs = 1, opset = 18 } = one;
  const initialisers = inputs.flatMap((given, at): OnnxInitialiser[] => {
    if (given === null || isShape(given)) return [];
    return [settingOf(given, `i${at}`, operator === 'Where')];
  });
  const operands = operandsOf(one).map(({ name, shape, values }): OnnxInitialiser => ({
    ...{ name, type: 'float32', dims: shape, bytes: new Uint8Array(values.buffer) },
  }));
  const names = Array.from({ length: outputs }, (_, at) => `y${at}`);
  const bytes = encodeOnnxModel({
    name: operator,
    nodes: [
      {
        operator,
        inputs: inputs.map((given, at) => (given === null ? '' : `i${at}`)),
        outputs: names,
        attributes: one.with ?? {},
      },
    ],
    initialisers: [...operands, ...initialisers],
    inputs: [{ name: 'pictures', type: 'float32', dims: pictures.shape }],
    outputs: names.map((name) => ({ name, type: 'float32', dims: [] })),
  });
  const model = decodeModel(bytes);
  const versioned = model.opsetImport.map((own) => ({ ...own, version: opset }));
  const untyped = model.graph.output.map(({ name }) => ({
    ...{ name, type: { tensorType: { elemType: 1 } } },
  }));
  const graph = { ...model.graph, output: untyped };
  return encodeModel({ ...model, opsetImport: versioned, graph });
}

/** The last output, its loss (a weighted sum), and the loss's gradients by the operands. */
async function passOn(one: OperatorCase, steps: readonly number[]) {
  const operands = operandsOf(one);
  const graph = networkGraph(decodeModel(modelOf(one)), 'pictures', `y${(one.outputs ?? 1) - 1}`);
  const names = operands.map(({ name }) => name);
  const program = await compileProgram(
    {
      name: one.operator,
      inputs: [
        { name: 'pictures', shape: pictures.shape, dtype: 'float' },
        ...operands.map(({ name, shape }) => ({ name, shape, dtype: 'float' as const })),
      ],
      build: (inputs) => {
        const outputOf = (...values: tf.Tensor[]): tf.Tensor => {
          const weights = new Map(names.map((name, at) => [name, values[at]!]));
          return runNetwork(graph, inputs['pictures'] as tf.Tensor4D, weights);
        };
        const lossOf = (...values: tf.Tensor[]): tf.Scalar => {
          const y = outputOf(...values);
          return tf.sum(tf.mul(y, tf.tensor(spread(y.size, 9), y.shape)));
        };
        const own = names.map((name) => inputs[name]!);
        const outputs = { output: outputOf(...own), loss: lossOf(...own) };
        if (one.hasGradient === false) return outputs;
        const gradients = tf
          .grads(lossOf)(own)
          .map((dx, at) => [`d${at}`, dx] as const);
        return { ...outputs, ...Object.fromEntries(gradients) };
      },
    },
    'cpu',
  );
  try {
    const runs = [];
    for (const [at, step] of steps.entries()) {
      // Of the operands, one is moved at a time.
      const moved = operands.map(({ name, values }, index) => {
        const isMoved = Math.floor((at - 1) / 2) === index;
        const along = direction(values.length);
        const given = values.map((value, k) => (isMoved ? value + step * along[k]! : value));
        return [name, given] as const;
      });
      runs.push(await program.run({ pictures: pictures.values, ...Object.fromEntries(moved) }));
    }
    return runs;
  } finally {
    await program.dispose();
  }
}

const direction = (length: number): Float32Array => spread(length, 21);
const step = 4e-3;

const cases = { elementwiseCases, windowCases, matrixCases, shapeCases };

describe.each(Object.entries(cases))('%s', (_, list) => {
  it.each(list.map((one) => [`${one.operator} ${one.what ?? ''}`.trim(), one] as const))(
    '%s: as ONNX Runtime, with the gradients of finite differences',
    async (_name, one) => {
      const operands = operandsOf(one);
      const steps = [0, ...operands.flatMap(() => [step, -step])];
      const [first, ...moved] = await passOn(one, one.hasGradient === false ? [0] : steps);
      const session = await InferenceSession.create(modelOf(one), { logSeverityLevel: 4 });
      const feeds = { pictures: new Tensor('float32', pictures.values, pictures.shape) };
      const own = (await session.run(feeds))[`y${(one.outputs ?? 1) - 1}`]!;
      await session.release();
      expect(first!['output']!.shape).toEqual(own.dims);
      for (const [at, value] of (own.data as Float32Array).entries()) {
        expect(Math.abs(first!['output']!.values[at]! - value)).toBeLessThan(1e-4);
      }
      if (one.hasGradient === false) return;
      for (const [at, { values }] of operands.entries()) {
        const along = direction(values.length);
        const gradient = first![`d${at}`]!.values;
        const slope = along.reduce((sum, part, k) => sum + part * gradient[k]!, 0);
        const [up, down] = [moved[2 * at]!, moved[2 * at + 1]!];
        const difference = (up['loss']!.values[0]! - down['loss']!.values[0]!) / (2 * step);
        const scale = Math.max(1, Math.abs(difference));
        expect(Math.abs(slope - difference) / scale, `operand ${at}`).toBeLessThan(4e-3);
      }
    },
  );
});

it('has a case, or a network in tuned-onnx, for each operator', () => {
  const tested = new Set(
    Object.values(cases).flatMap((list) => list.map(({ operator }) => operator)),
  );
  // The arithmetic of shapes, which the networks of tuned-onnx have, and tests of numbers.
  const shapes =
    'Shape Size ConstantOfShape Range Equal Greater GreaterOrEqual Less LessOrEqual And Or Not'
      .concat(' Mod Ceil Round CastLike ReduceProd')
      .split(' ');
  expect(
    Object.keys(operatorTable).filter((name) => !tested.has(name) && !shapes.includes(name)),
  ).toEqual([]);
});
