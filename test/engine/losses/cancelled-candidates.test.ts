import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { attraction } from '../../../src-main/engine/losses/attraction.ts';
import { cancellation } from '../../../src-main/engine/losses/cancellation.ts';
import { cancelledCandidates } from '../../../src-main/engine/losses/cancelled-candidates.ts';
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
    const asCandidates = (z: tf.Tensor) =>
      attraction.loss(cancelledCandidates(z as tf.Tensor2D, count, rule), { temperature });
    const asPaper = (z: tf.Tensor) =>
      cancellation(z as tf.Tensor2D, count, { ...rule, temperature });
    const [own, paper] = [asCandidates(views), asPaper(views)];
    expect(difference(own.perAnchorLoss, paper.perAnchorLoss)).toBeLessThan(1e-5);
    const gradients = [asCandidates, asPaper].map((loss) => tf.grad((z) => loss(z).loss)(views));
    expect(difference(gradients[0]!, gradients[1]!)).toBeLessThan(1e-5);
    const cancelsNone = { ...rule, threshold: tf.scalar(1) };
    const without = attraction.loss(cancelledCandidates(views, count, cancelsNone), {
      temperature,
    });
    expect(difference(without.perAnchorLoss, own.perAnchorLoss)).toBeGreaterThan(0.01);
  });
});
