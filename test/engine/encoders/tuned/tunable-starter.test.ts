import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import golden from '../../../fixtures/starter-gradients.json' with { type: 'json' };
import { tunableStarter } from '../../../../src-main/engine/encoders/starter/tunable-starter.ts';
import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import type { NamedArray } from '../../../../src-main/engine/graph/program.ts';

const models = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/human')),
  '../models',
);
const { side } = golden;
const gradients: Readonly<Record<string, { norm: number; first: number[] }>> = golden.gradients;

/** Of the same formula as in starter_gradients.py. */
const images = Uint8Array.from({ length: 2 * side * side * 3 }, (_, at) => {
  const [channel, x] = [at % 3, Math.floor(at / 3) % side];
  const [y, n] = [Math.floor(at / (3 * side)) % side, Math.floor(at / (3 * side * side))];
  return (3 * x + 5 * y * (n + 1) + 40 * channel) % 256;
});

/** Loss, features and gradients of the network by a device. */
async function passOn(device: string) {
  const starter = await tunableStarter(models);
  const network = starter.trainFrom(golden.first, 0.5);
  const names = network.specs.map(({ name }) => name);
  const program = await compileProgram(
    {
      name: 'starter-gradients',
      inputs: [
        { name: 'images', shape: [2, side, side, 3], dtype: 'uint8' },
        ...network.specs.map(({ name, shape }) => ({ name, shape, dtype: 'float' as const })),
      ],
      build: (inputs) => {
        const pictures = tf.cast(inputs['images']!, 'float32') as tf.Tensor4D;
        const factors = Array.from({ length: 2 * network.dimensions }, (_, at) => {
          const [n, k] = [Math.floor(at / network.dimensions), at % network.dimensions];
          return Math.sin(k + 1 + n);
        });
        const weighing = tf.tensor2d(factors, [2, network.dimensions]);
        const loss = (...values: tf.Tensor[]): tf.Scalar => {
          const weights = Object.fromEntries(names.map((name, at) => [name, values[at]!]));
          return tf.sum(tf.mul(network.features(pictures, weights), weighing));
        };
        const { value, grads } = tf.valueAndGrads(loss)(names.map((name) => inputs[name]!));
        const weights = Object.fromEntries(names.map((name) => [name, inputs[name]!]));
        return {
          loss: value,
          features: network.features(pictures, weights),
          ...Object.fromEntries(names.map((name, at) => [`gradient ${name}`, grads[at]!])),
        };
      },
    },
    device,
  );
  const given = network.specs.map(({ name, start }) => {
    if (start.kind !== 'given') throw new Error(`${name} has no value.`);
    return [name, start.values] as const;
  });
  try {
    return await program.run({ images, ...Object.fromEntries(given) });
  } finally {
    await program.dispose();
  }
}

const valuesOf = (outputs: Record<string, NamedArray>, name: string): number[] =>
  Array.from(outputs[name]!.values as Float32Array);

describe('the starter encoder to be trained further', () => {
  it('gives the features and the gradients of PyTorch, for every weight from the chosen layer on', async () => {
    const outputs = await passOn('cpu');
    expect(valuesOf(outputs, 'loss')[0]).toBeCloseTo(golden.loss, 3);
    const features = valuesOf(outputs, 'features');
    for (const [n, numbers] of golden.features.entries()) {
      for (const [k, value] of numbers.entries()) {
        expect(Math.abs(features[n * 752 + k]! - value)).toBeLessThan(1e-5);
      }
    }
    const found = Object.keys(outputs).filter((name) => name.startsWith('gradient '));
    expect(found.map((name) => name.slice(9))).toEqual(Object.keys(gradients));
    for (const [name, { norm, first }] of Object.entries(gradients)) {
      const gradient = valuesOf(outputs, `gradient ${name}`);
      const length = Math.sqrt(gradient.reduce((sum, value) => sum + value ** 2, 0));
      expect(Math.abs(length - norm), name).toBeLessThan(1e-3 * norm + 1e-6);
      for (const [at, value] of first.slice(0, 1).entries()) {
        expect(Math.abs(gradient[at]! - value), name).toBeLessThan(1e-3 * norm + 1e-6);
      }
    }
  });

  it('trains each layer slower than the next one, and names its layers', async () => {
    const { layers, trainFrom } = await tunableStarter(models);
    expect([layers[0], layers.at(-1), layers.length]).toEqual(['Conv', 'extern1', 17]);
    const { specs } = trainFrom('expanded_conv_14', 0.5);
    const rates = new Set(specs.map(({ rate }) => rate));
    expect([...rates]).toEqual([0.25, 0.5]);
    expect(trainFrom('Conv', 0.5).specs.length).toBeGreaterThan(100);
  });
});
