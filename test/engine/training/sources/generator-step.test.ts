import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidates } from '../../../../src-main/engine/losses/candidates.ts';
import { withGeneratedNegatives } from '../../../../src-main/engine/losses/generated-negatives.ts';
import { objectiveLoss } from '../../../../src-main/engine/losses/objective-loss.ts';
import { generatorSpecs } from '../../../../src-main/engine/networks/generator-shape.ts';
import { flatLength } from '../../../../src-main/engine/networks/weights.ts';
import {
  generatorGradient,
  generatorOptimiser,
  generatorStep,
} from '../../../../src-main/engine/training/sources/generator-step.ts';

interface Expected {
  readonly loss: number;
  readonly diversity: number;
  readonly gradient: number[];
  readonly weights: number[];
  readonly encoderLosses: number[];
  readonly encoderGradient: number[][];
  readonly generated: number[][][];
}

type Name = 'pictures' | 'views' | 'd' | 'noise' | 'width' | 'count' | 'real';
type Setting = 'temperature' | 'diversityWeight' | 'learningRate';

/** By PyTorch (test/fixtures/negcut_generator.py). */
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/negcut-generator.json'), 'utf8'),
) as Record<Name | Setting, number> & Record<'replace' | 'beside', Expected>;

const { pictures, views, d, noise, width, count } = fixture;
const anchors = views * pictures;
const shape = { features: d, noise, width };
const loss = objectiveLoss({ selection: 'generation', loss: 'info-nce' });

/** The numbers that the script begins at `first`. */
function numbers(first: number, scale: number, length: number): number[] {
  return Array.from({ length }, (_, index) => scale * Math.sin(1 + 1.7 * (first + index)));
}

function unitRows(first: number, rows: number): tf.Tensor2D {
  const values = tf.tensor2d(numbers(first, 1, rows * d), [rows, d]);
  return tf.div(values, tf.norm(values, 2, 1, true));
}

/** What the script's step takes; a real negative is one only beside the generated ones. */
function taken(use: 'replace' | 'beside') {
  const real = unitRows(300, fixture.real);
  const z = unitRows(0, anchors);
  const candidatesOf = (rows: tf.Tensor2D): Candidates => ({
    similarity: tf.matMul(rows, real, false, true),
    positiveSimilarity: tf.sum(tf.mul(rows, unitRows(100, anchors)), 1, true),
    isNegative: tf.ones([anchors, fixture.real], 'bool'),
    negatives: tf.fill([anchors, 1], fixture.real),
  });
  const sizes: [first: number, length: number][] = [
    [400, (d + noise) * width],
    [500, width],
    [600, width * d],
    [700, d],
  ];
  const weights = sizes.flatMap(([first, length]) => numbers(first, 0.5, length));
  const keys = tf.reshape(unitRows(200, anchors), [views, pictures, d]);
  const rates = generatorOptimiser.rates(fixture.learningRate, 1);
  const inputs = {
    features: tf.mean<tf.Tensor2D>(keys, 0),
    noise: tf.tensor2d(numbers(800, 1, count * noise), [count, noise]),
    encoderNoise: tf.tensor2d(numbers(900, 1, count * noise), [count, noise]),
    weights: tf.tensor1d(weights),
    slots: Object.fromEntries(
      generatorOptimiser.slotNames.map((name) => [name, tf.zeros<tf.Rank.R1>([weights.length])]),
    ),
    rates: Object.fromEntries(Object.entries(rates).map(([name, one]) => [name, tf.scalar(one)])),
    diversityWeight: tf.scalar(fixture.diversityWeight),
    scalars: { temperature: tf.scalar(fixture.temperature) },
  };
  return { plan: { shape, use, loss }, z, candidatesOf, inputs };
}

function expectClose(found: tf.Tensor, expected: readonly number[], digits: number): void {
  const values = [...found.dataSync()];
  expect(values).toHaveLength(expected.length);
  for (const [index, value] of values.entries()) {
    expect(value, `number ${index}`).toBeCloseTo(expected[index]!, digits);
  }
}

beforeAll(() => tf.setBackend('cpu'));

describe.each(['replace', 'beside'] as const)(
  'a step of the generator, its negatives to %s',
  (use) => {
    const expected = fixture[use];

    it('has the gradient of PyTorch', () => {
      const { plan, z, candidatesOf, inputs } = taken(use);
      expect(inputs.weights.size).toBe(flatLength(generatorSpecs(shape), 'trainable'));
      expectClose(generatorGradient(plan, candidatesOf(z), z, inputs), expected.gradient, 5);
    });

    it('moves as by PyTorch, and then makes the same negatives', () => {
      const { plan, z, candidatesOf, inputs } = taken(use);
      const { weights, generated } = generatorStep(plan, candidatesOf(z), z, inputs);
      expectClose(weights, expected.weights, 5);
      expectClose(generated, expected.generated.flat(2), 5);
    });

    it('gives the encoder negatives that are constants in its gradient', () => {
      const { plan, z, candidatesOf, inputs } = taken(use);
      const lossOf = (rows: tf.Tensor): tf.Scalar => {
        const candidates = candidatesOf(rows as tf.Tensor2D);
        const { generated } = generatorStep(plan, candidates, rows as tf.Tensor2D, inputs);
        const all = withGeneratedNegatives(candidates, rows as tf.Tensor2D, generated, use);
        const output = loss.of(all, inputs.scalars);
        expectClose(output.perAnchorLoss, expected.encoderLosses, 5);
        return output.loss;
      };
      expectClose(tf.grad(lossOf)(z), expected.encoderGradient.flat(), 5);
    });
  },
);
