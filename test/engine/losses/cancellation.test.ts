import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  cancelledCandidates,
  falseNegatives,
} from '../../../src-main/engine/losses/cancellation.ts';
import type { CancellationRule } from '../../../src-main/engine/losses/cancellation.ts';
import { infoNce } from '../../../src-main/engine/losses/info-nce.ts';
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
