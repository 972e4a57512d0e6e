import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidates } from '../../../src-main/engine/losses/candidates.ts';
import {
  negativeDiversity,
  withGeneratedNegatives,
} from '../../../src-main/engine/losses/generated-negatives.ts';
import { infoNce } from '../../../src-main/engine/losses/info-nce.ts';
import { objectiveLoss } from '../../../src-main/engine/losses/objective-loss.ts';
import { generatedPatchNce } from '../../../src-main/engine/losses/patch-nce.ts';
import { gatheredSynthetic } from '../../../src-main/engine/training/sources/gathered-synthetic.ts';
import { casesOf } from '../../golden/golden-cases.ts';
import { randomViews } from './random-views.ts';

const loss = objectiveLoss({ selection: 'generation', loss: 'info-nce' });

function rows(count: number, seed: number, dimensions = 5): tf.Tensor2D {
  return tf.tensor2d(randomViews({ batch: count, dimensions, noise: 0, seed }).z1);
}

/** Queries against their keys, and against real rows. */
function candidatesOf(q: tf.Tensor2D, k: tf.Tensor2D, real: tf.Tensor2D): Candidates {
  return {
    similarity: tf.matMul(q, real, false, true),
    positiveSimilarity: tf.sum(tf.mul(q, k), 1, true),
    isNegative: tf.ones([q.shape[0], real.shape[0]], 'bool'),
    negatives: tf.fill([q.shape[0], 1], real.shape[0]),
  };
}

beforeAll(() => tf.setBackend('cpu'));

describe('the loss of a training with generated negatives alone', () => {
  it.each(casesOf('negcut_patchnce'))('is that of the official code: $name', (golden) => {
    const { inputs, params, expected } = golden;
    const matrix = (name: string) => tf.tensor2d(inputs[name] as number[][]);
    const generated = tf.expandDims<tf.Tensor3D>(matrix('neg_sample'), 0);
    const lossOf = (queries: tf.Tensor2D, negatives: tf.Tensor3D) => {
      const real = candidatesOf(queries, matrix('feat_k'), rows(7, 3, queries.shape[1]));
      const all = withGeneratedNegatives(real, queries, negatives, 'replace');
      return loss.of(all, { temperature: tf.scalar(Number(params['nce_T'])) });
    };
    const output = lossOf(matrix('feat_q'), generated);
    expect(output.loss.dataSync()[0]).toBeCloseTo(expected['loss'] as number, 6);
    const each = expected['per_query'] as number[];
    for (const [query, value] of output.perAnchorLoss.dataSync().entries()) {
      expect(value).toBeCloseTo(each[query]!, 5);
    }
    const gradients = tf.grads((q, n) => lossOf(q as tf.Tensor2D, n as tf.Tensor3D).loss);
    const found = gradients([matrix('feat_q'), generated]);
    const { feat_q, neg_sample } = expected['grad'] as Record<string, number[][]>;
    for (const [index, flat] of [feat_q!.flat(), neg_sample!.flat()].entries()) {
      for (const [at, value] of found[index]!.dataSync().entries()) {
        expect(value).toBeCloseTo(flat[at]!, 4);
      }
    }
  });

  it('is PatchNCE of each picture’s own negatives, view after view', () => {
    const [pictures, views, count] = [3, 2, 4];
    const [q, k] = [rows(views * pictures, 1), rows(views * pictures, 2)];
    const generated = tf.reshape<tf.Rank.R3>(rows(pictures * count, 4), [pictures, count, 5]);
    const all = withGeneratedNegatives(candidatesOf(q, k, rows(3, 5)), q, generated, 'replace');
    const found = loss.of(all, { temperature: tf.scalar(0.2) }).perAnchorLoss.dataSync();
    // The official code has the anchors of one image after those of another.
    const order = [0, 3, 1, 4, 2, 5];
    const patches = { queries: tf.gather(q, order), keys: tf.gather(k, order), images: pictures };
    const negatives = tf.reshape<tf.Rank.R2>(generated, [pictures * count, 5]);
    const expected = generatedPatchNce(patches, negatives, tf.scalar(0.2)).perAnchorLoss.dataSync();
    for (const [place, row] of order.entries()) {
      expect(found[row]).toBeCloseTo(expected[place]!, 5);
    }
  });
});

describe('generated negatives beside real ones', () => {
  const [q, k, real] = [() => rows(4, 1), () => rows(4, 2), () => rows(6, 3)];
  const generated = () => tf.reshape<tf.Rank.R3>(rows(4 * 2, 4), [4, 2, 5]);

  it('add their mass to the denominator', () => {
    const all = withGeneratedNegatives(candidatesOf(q(), k(), real()), q(), generated(), 'beside');
    expect([...all.negatives.dataSync()]).toEqual([8, 8, 8, 8]);
    const found = infoNce(all, tf.scalar(0.3)).perAnchorLoss.dataSync();
    const mass = (cosine: number): number => Math.exp(cosine / 0.3);
    const [qs, ks, reals, made] = [q(), k(), real(), generated()].map((t) => t.arraySync());
    const cosine = (a: number[], b: number[]): number =>
      a.reduce((sum, value, index) => sum + value * b[index]!, 0);
    for (const [row, anchor] of (qs as number[][]).entries()) {
      const others = [...(reals as number[][]), ...(made as number[][][])[row]!];
      const positive = mass(cosine(anchor, (ks as number[][])[row]!));
      const sum = others.reduce((total, other) => total + mass(cosine(anchor, other)), positive);
      expect(found[row]).toBeCloseTo(-Math.log(positive / sum), 5);
    }
  });

  it.each(['beside', 'replace'] as const)('have the same loss in one column (%s)', (use) => {
    const isPositive = tf.tensor2d([[1, 0, 0, 0, 0, 0]], [1, 6], 'bool');
    const known = { ...candidatesOf(q(), k(), real()), isPositive };
    const all = withGeneratedNegatives(known, q(), generated(), use);
    const gathered = gatheredSynthetic(all, 6, tf.scalar(0.3));
    expect(gathered.similarity.shape).toEqual([4, 7]);
    const [one, other] = [all, gathered].map((of) => infoNce(of, tf.scalar(0.3)).perAnchorLoss);
    for (const [row, value] of one!.dataSync().entries()) {
      expect(other!.dataSync()[row]).toBeCloseTo(value, 5);
    }
  });
});

it('measures how far the second half is from the first', () => {
  const numbers = [1, 2, 3, 5, 0, 2, -1, 5, 9, 9];
  // |1 - 3| + |2 - 5| of the first picture's first half and its second, of five numbers the last left out.
  const made = tf.tensor3d(numbers.slice(0, 6), [1, 3, 2]);
  expect(negativeDiversity(made).dataSync()[0]).toBeCloseTo((2 + 3) / 2, 6);
  const two = tf.tensor3d(numbers.slice(0, 8), [2, 2, 2]);
  expect(negativeDiversity(two).dataSync()[0]).toBeCloseTo((2 + 3 + 1 + 3) / 4, 6);
});
