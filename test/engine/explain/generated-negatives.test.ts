import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  generatedOfAnchor,
  generatedRows,
} from '../../../src-main/engine/explain/generated-negatives.ts';
import {
  generatorParts,
  generatorSpecs,
} from '../../../src-main/engine/networks/generator-shape.ts';
import { generateNegatives } from '../../../src-main/engine/networks/negative-generator.ts';
import { startValues, unpackWeights } from '../../../src-main/engine/networks/weights.ts';
import { randomUnitRows } from '../../../src-main/engine/numeric/random-unit-rows.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const shape = { features: 6, noise: 3, width: 5 };
const flat = startValues(generatorSpecs(shape), 'trainable', seedRandom(2));
const generator = { shape, perPicture: 8, ...generatorParts(shape, flat) };
const count = 40;
const vectors = randomUnitRows(count, shape.features, seedRandom(3));
const rows = { vectors, count, dimensions: shape.features };
const ids = Uint32Array.from({ length: count }, (_, row) => 100 + row);

function row(of: Float32Array, index: number): number[] {
  return [...of.subarray(index * shape.features, (index + 1) * shape.features)];
}

function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

beforeAll(() => tf.setBackend('cpu'));

describe('the generated negatives of an anchor', () => {
  it('are those of the training’s own generator', () => {
    const random = seedRandom(1);
    const noise = Float32Array.from({ length: 4 * shape.noise }, () => random.normal());
    const z = vectors.slice(0, shape.features);
    const weights = unpackWeights(generatorSpecs(shape), 'trainable', tf.tensor1d(flat));
    const traced = generateNegatives(
      tf.tensor2d(z, [1, shape.features]),
      tf.tensor2d(noise, [4, shape.noise]),
      weights,
    ).dataSync();
    const found = generatedRows(generator, z, noise);
    for (const [index, value] of found.entries()) expect(value).toBeCloseTo(traced[index]!, 5);
  });

  it('are shown by the nearest real pictures, and by how many of those are harder', async () => {
    const anchor = 7;
    const made = await generatedOfAnchor(
      generator,
      { rows, row: anchor, ids },
      { count: 6, seed: 9 },
    );
    const random = seedRandom(9);
    const noise = Float32Array.from({ length: 6 * shape.noise }, () => random.normal());
    const z = vectors.slice(anchor * shape.features, (anchor + 1) * shape.features);
    const negatives = generatedRows(generator, z, noise);
    const others = [...ids.keys()].filter((other) => other !== anchor);
    const real = others.map((other) => cosine(row(vectors, other), [...z]));
    expect(made.pictures).toBe(count - 1);
    expect(made.nearestSimilarity).toBeCloseTo(Math.max(...real), 6);
    let sum = 0;
    for (let index = 0; index < 6; index += 1) {
      const negative = row(negatives, index);
      const toAnchor = cosine(negative, [...z]);
      sum += toAnchor;
      expect(made.similarity[index]).toBeCloseTo(toAnchor, 5);
      expect(made.harder[index]).toBe(real.filter((one) => one > toAnchor).length);
      const near = others.map((other) => cosine(negative, row(vectors, other)));
      expect(made.similarityToPicture[index]).toBeCloseTo(Math.max(...near), 5);
      expect(made.ids[index]).toBe(100 + others[near.indexOf(Math.max(...near))]!);
    }
    expect(made.meanSimilarity).toBeCloseTo(sum / 6, 5);
    const halves = [0, 1, 2].flatMap((index) =>
      row(negatives, index).map((value, at) => Math.abs(value - row(negatives, index + 3)[at]!)),
    );
    const diversity = halves.reduce((total, value) => total + value, 0) / halves.length;
    expect(made.diversity).toBeCloseTo(diversity, 6);
  });

  it('refuses weights of another shape', () => {
    expect(() => generatorParts({ ...shape, width: 4 }, flat)).toThrow('was stored with');
  });
});
