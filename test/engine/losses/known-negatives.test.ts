import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { cancelledInMemory } from '../../../src-main/engine/losses/cancellation.ts';
import type { Candidates } from '../../../src-main/engine/losses/candidates.ts';
import { objectiveLoss } from '../../../src-main/engine/losses/objective-loss.ts';

beforeAll(() => tf.setBackend('cpu'));

const positive = 0.9;
const similarities = [0.8, 0.3, -0.2, 0.5, -0.6];
const t = 0.5;

function candidates(known: readonly number[] | null): Candidates {
  const count = similarities.length;
  return {
    similarity: tf.tensor2d([similarities]),
    positiveSimilarity: tf.tensor2d([[positive]]),
    isNegative: tf.ones([1, count], 'bool'),
    negatives: tf.tensor2d([[count]]),
    ...(known && {
      isKnownNegative: tf.tensor2d(
        [similarities.map((_, at) => known.includes(at))],
        undefined,
        'bool',
      ),
    }),
  };
}

function lossOf(
  selection: 'debiased' | 'hard',
  { tauPlus, beta }: { readonly tauPlus: number; readonly beta: number },
  known: readonly number[] | null,
) {
  const scalars = { temperature: tf.scalar(t), tauPlus: tf.scalar(tauPlus), beta: tf.scalar(beta) };
  const given = candidates(known);
  const losses = (similarity: tf.Tensor): tf.Tensor =>
    objectiveLoss({ selection, loss: 'info-nce' }).of(
      { ...given, similarity: similarity as tf.Tensor2D },
      scalars,
    ).perAnchorLoss;
  return {
    loss: losses(given.similarity).dataSync()[0]!,
    pushes: [...tf.grad(losses)(given.similarity).dataSync()],
  };
}

/** docs/formulas.md, Pairs judged different, word for word. */
function expectedLoss(tauPlus: number, beta: number, known: readonly number[]): number {
  const count = similarities.length;
  const total = similarities.reduce((sum, s) => sum + Math.exp((beta * s) / t), 0);
  const mass = (at: number): number =>
    (count * Math.exp((beta * similarities[at]!) / t) * Math.exp(similarities[at]! / t)) / total;
  const sum = (isIn: (at: number) => boolean): number =>
    [...similarities.keys()].filter(isIn).reduce((all, at) => all + mass(at), 0);
  const others = count - known.length;
  const [p, ofOthers] = [Math.exp(positive / t), sum((at) => !known.includes(at))];
  const corrected = (ofOthers - tauPlus * others * p) / (1 - tauPlus);
  const g = Math.max(corrected, others * Math.exp(-1 / t)) + sum((at) => known.includes(at));
  return Math.log(1 + g / p);
}

it.each([
  ['debiased', 0.05, 0],
  ['debiased', 0.4, 0],
  ['hard', 0.05, 1.5],
  ['hard', 0.4, 1.5],
] as const)(
  '%s with τ⁺ = %d leaves the mass of known negatives as it is',
  (selection, tauPlus, beta) => {
    for (const known of [[0], [2, 3], [0, 1, 2, 3, 4]]) {
      const { loss } = lossOf(selection, { tauPlus, beta }, known);
      expect(loss).toBeCloseTo(expectedLoss(tauPlus, beta, known), 5);
    }
    // Without known ones in the step it is the loss as ever.
    const [none, plain] = [[], null].map((known) => lossOf(selection, { tauPlus, beta }, known));
    expect(none!.loss).toBeCloseTo(plain!.loss, 6);
  },
);

it('pushes a known negative where the estimate of the others is held at its floor', () => {
  const clamped = lossOf('debiased', { tauPlus: 0.4, beta: 0 }, null);
  expect(clamped.pushes).toEqual([0, 0, 0, 0, 0]);
  const { pushes } = lossOf('debiased', { tauPlus: 0.4, beta: 0 }, [0]);
  expect(pushes[0]).toBeGreaterThan(0.1);
  expect(pushes.slice(1)).toEqual([0, 0, 0, 0]);
});

it('is not cancelled, whatever its score; what was judged the same is', () => {
  const mask = (...columns: number[]): tf.Tensor =>
    tf.tensor2d([similarities.map((_, at) => columns.includes(at))], undefined, 'bool');
  const rule = { topK: 2, threshold: tf.scalar(0.4), mode: 'elimination' } as const;
  const left = (judged: Parameters<typeof cancelledInMemory>[3]): number[] => {
    const scores = tf.tensor2d([similarities]);
    return [...cancelledInMemory(candidates(null), scores, rule, judged).isNegative.dataSync()];
  };
  expect(left(null)).toEqual([0, 1, 1, 0, 1]);
  // The place of the known one is free, but no other score is above the threshold.
  expect(left({ isSame: mask(), isDifferent: mask(0) })).toEqual([1, 1, 1, 0, 1]);
  expect(left({ isSame: mask(4), isDifferent: mask(0) })).toEqual([1, 1, 1, 0, 0]);
});
