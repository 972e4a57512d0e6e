import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  cancelledCandidates,
  cancelledInMemory,
  falseNegatives,
  memoryScores,
} from '../../../src-main/engine/losses/cancellation.ts';
import type { CancellationRule } from '../../../src-main/engine/losses/cancellation.ts';
import { falseColumns, quantileThreshold } from '../../../src-main/engine/losses/false-columns.ts';
import { infoNce } from '../../../src-main/engine/losses/info-nce.ts';
import { disconnected, onlyWhere } from '../../../src-main/engine/losses/masks.ts';
import { countedBankCandidates } from '../../../src-main/engine/training/sources/bank-candidates.ts';
import { randomViews } from './random-views.ts';

const batch = 6;

function viewsOf(count: number): tf.Tensor2D {
  const { z1, z2 } = randomViews({ batch, dimensions: 4, noise: 0.8, seed: 5 });
  const third = randomViews({ batch, dimensions: 4, noise: 0.5, seed: 6 }).z2;
  return tf.tensor2d([z1, z2, third].slice(0, count).flat());
}

function difference(left: tf.Tensor, right: tf.Tensor): number {
  return tf.max(tf.abs(tf.sub(left, right))).dataSync()[0]!;
}

/** FNC as the paper writes it: LSE over D_i less the mean over P_i, the masks built row by row; [V·B]. */
function paperLoss(
  z: tf.Tensor2D,
  count: number,
  rule: CancellationRule,
  temperature: tf.Scalar,
): tf.Tensor1D {
  const found = falseNegatives(viewsOf(count), count, rule).arraySync() as number[][];
  const rows = [...Array(count * batch).keys()];
  const mask = (isIn: (row: number, column: number) => boolean) =>
    tf.tensor2d(rows.map((row) => rows.map((column) => Number(isIn(row, column)))));
  const isFalse = (row: number, column: number) => found[row % batch]![column] === 1;
  const isOwn = (row: number, column: number) => row % batch === column % batch && row !== column;
  const attracts = rule.mode === 'attraction';
  const positives = mask((...at) => isOwn(...at) || (attracts && isFalse(...at)));
  const denominator = mask((row, column) => row !== column && (attracts || !isFalse(row, column)));
  const logits = tf.div(tf.matMul(z, z, false, true), temperature);
  const mass = tf.log(tf.sum(tf.mul(tf.exp(logits), denominator), 1));
  return tf.sub(mass, tf.div(tf.sum(tf.mul(logits, positives), 1), tf.sum(positives, 1)));
}

beforeAll(() => tf.setBackend('cpu'));

describe('false negatives cancelled as candidates', () => {
  it.each([
    [2, 'attraction'],
    [2, 'elimination'],
    [3, 'attraction'],
  ] as const)('of %i views by %s give the loss and gradient of FNC', (count, mode) => {
    const views = viewsOf(count);
    const temperature = tf.scalar(0.3);
    const rule = { topK: 4, threshold: tf.scalar(0.3), mode };
    const asCandidates = (z: tf.Tensor): tf.Tensor =>
      infoNce(cancelledCandidates(z as tf.Tensor2D, count, rule), temperature).perAnchorLoss;
    const asPaper = (z: tf.Tensor): tf.Tensor =>
      paperLoss(z as tf.Tensor2D, count, rule, temperature);
    expect(difference(asCandidates(views), asPaper(views))).toBeLessThan(1e-5);
    const gradients = [asCandidates, asPaper].map((loss) =>
      tf.grad((z) => tf.mean(loss(z)))(views),
    );
    expect(difference(gradients[0]!, gradients[1]!)).toBeLessThan(1e-5);
    const cancelsNone = { ...rule, threshold: tf.scalar(1) };
    const without = infoNce(cancelledCandidates(views, count, cancelsNone), temperature);
    expect(difference(without.perAnchorLoss, asCandidates(views))).toBeGreaterThan(0.01);
  });
});

describe('the threshold by a quantile of the scores', () => {
  /** c_ij of the batch row by row, its own views left out. */
  function naiveScores(count: number): number[][] {
    const rows = viewsOf(count).arraySync();
    const dot = (left: number[], right: number[]): number =>
      left.reduce((sum, value, at) => sum + value * right[at]!, 0);
    return Array.from({ length: batch }, (_, picture) =>
      rows.map((row, column) => {
        if (column % batch === picture) return NaN;
        const ofViews = rows.filter((_, view) => view % batch === picture);
        return Math.max(...ofViews.map((view) => dot(view, row)));
      }),
    );
  }

  it.each([
    [2, 0.5],
    [2, 0.9],
    [3, 0.995],
    [3, 0.8],
  ])('of %i views has at most the part 1 - %f of the pairs above it', (count, quantile) => {
    const rule = { topK: count * batch, threshold: quantileThreshold(quantile) };
    const found = falseNegatives(viewsOf(count), count, rule).arraySync() as number[][];
    const scores = naiveScores(count);
    const pairs = scores.flat().filter((score) => !Number.isNaN(score));
    expect(pairs).toHaveLength(count * batch * (batch - 1));
    const above = Math.floor(pairs.length * (1 - quantile) + 1e-9);
    // Two views of two pictures are in each other's scores: so many as are above what is next.
    const cut = pairs.sort((a, b) => b - a)[above]!;
    const expected = scores.map((row) => row.map((score) => Number(score > cut + 1e-6)));
    expect(found).toEqual(expected);
    expect(expected.flat().filter(Boolean).length).toBeLessThanOrEqual(above);
  });

  it('cancels nothing where no pair is known', () => {
    const scores = onlyWhere(tf.zeros([2, 3]), tf.zeros([2, 3], 'bool'));
    const found = falseColumns(scores, { topK: 2, threshold: quantileThreshold(0.5) });
    expect([...found.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('false negatives cancelled in a memory bank', () => {
  /** Draws of each row; row i is the picture's own, and never drawn. */
  const draws = [0, 2, 1, 0, 3, 1, 1, 0, 1, 1, 2, 1];
  const drawnBy = Array.from({ length: 2 }, (_, row) =>
    draws.map((times, column) => (column === row ? 0 : times)),
  );
  const bank = randomViews({ batch: 12, dimensions: 4, noise: 0.5, seed: 7 }).z1;
  const z = randomViews({ batch: 2, dimensions: 4, noise: 0.5, seed: 8 }).z1;
  const [t, threshold, topK] = [0.3, 0.2, 3];

  /** The loss of each anchor by sums over its draws. */
  function naive(mode: CancellationRule['mode']): number[] {
    const dot = (left: readonly number[], right: readonly number[]): number =>
      left.reduce((sum, value, at) => sum + value * right[at]!, 0);
    return z.map((anchor, row) => {
      const scores = bank.map((other) => Math.max(dot(anchor, other), dot(bank[row]!, other)));
      const drawn = scores
        .map((_, column) => column)
        .filter((column) => drawnBy[row]![column]! > 0);
      const nearest = [...drawn].sort((a, b) => scores[b]! - scores[a]!).slice(0, topK);
      const isFalse = nearest.filter((column) => scores[column]! > threshold);
      expect(isFalse.length).toBeGreaterThan(0);
      const own = dot(anchor, bank[row]!) / t;
      const attracts = mode === 'attraction';
      const mass = drawn
        .filter((column) => attracts || !isFalse.includes(column))
        .map((column) => drawnBy[row]![column]! * Math.exp(dot(anchor, bank[column]!) / t))
        .reduce((sum, value) => sum + value, Math.exp(own));
      const positives = attracts
        ? [own, ...isFalse.map((column) => dot(anchor, bank[column]!) / t)]
        : [own];
      return Math.log(mass) - positives.reduce((sum, value) => sum + value) / positives.length;
    });
  }

  it.each(['attraction', 'elimination'] as const)('by %s, and their gradient', (mode) => {
    const memory = tf.tensor2d(bank);
    const rows = tf.tensor1d([0, 1], 'int32');
    const losses = (x: tf.Tensor): tf.Tensor => {
      const batchOf = { x: x as tf.Tensor2D, bank: memory, rows };
      const candidates = countedBankCandidates(batchOf, tf.tensor2d(drawnBy));
      const scores = disconnected(() =>
        memoryScores(tf.concat([x as tf.Tensor2D, tf.gather(memory, rows)]), 2, memory),
      );
      const rule = { topK, mode, threshold: tf.scalar(threshold) };
      return infoNce(cancelledInMemory(candidates, scores, rule), tf.scalar(t)).perAnchorLoss;
    };
    const found = [...losses(tf.tensor2d(z)).dataSync()];
    naive(mode).forEach((loss, row) => expect(found[row]).toBeCloseTo(loss, 5));
    const gradient = tf
      .grad((x) => tf.sum(losses(x)))(tf.tensor2d(z))
      .arraySync() as number[][];
    const step = 1e-3;
    for (const [row, anchor] of z.entries()) {
      for (const at of anchor.keys()) {
        const moved = [step, -step].map((by) => {
          const rowsOf = z.map((values) => [...values]);
          rowsOf[row]![at]! += by;
          return losses(tf.tensor2d(rowsOf)).dataSync()[row]!;
        });
        const slope = (moved[0]! - moved[1]!) / (2 * step);
        expect(Math.abs(gradient[row]![at]! - slope)).toBeLessThan(5e-3);
      }
    }
  });
});
