import { describe, expect, it } from 'vitest';
import { ringRanks } from '../../../src-main/contract/objectives/ring-ranks.ts';
import { supConLoss } from '../../../src-main/engine/explain/supcon-loss.ts';
import { rankBySimilarity } from '../../../src-main/engine/numeric/similarity-rank.ts';

const similarities = [0.9, 0.4, 0.3, 0.1, 0, -0.2, -0.5];
const isPositive = [1, 0, 1, 0, 0, 1, 0];
const own = 0.7;
const temperature = 0.2;

/** Khosla et al. 2020, eq. 2, term by term. */
function lossAt(candidates: readonly number[], positive: number): number {
  const mass = [...candidates, positive].reduce((sum, s) => sum + Math.exp(s / temperature), 0);
  const positives = [positive, ...candidates.filter((_, at) => isPositive[at] === 1)];
  const terms = positives.map((s) => -Math.log(Math.exp(s / temperature) / mass));
  return terms.reduce((sum, term) => sum + term, 0) / positives.length;
}

function explained(marks: readonly number[] = isPositive) {
  const values = Float64Array.from(similarities);
  const { order } = rankBySimilarity(values);
  const of = {
    similarities: values,
    positiveSimilarity: own,
    isPositive: Uint8Array.from(marks),
    order,
  };
  return supConLoss(of, temperature, (negatives) => ringRanks(negatives, 0.75, 0.34, true));
}

describe('an anchor under SupCon', () => {
  it('has the loss of the paper, and its differences as pushes', () => {
    const found = explained();
    expect(found.loss).toBeCloseTo(lossAt(similarities, own), 12);
    const step = 1e-6;
    const slope = (at: (change: number) => number): number => (at(step) - at(-step)) / (2 * step);
    for (const [index, value] of similarities.entries()) {
      const moved = slope((change) => lossAt(similarities.with(index, value + change), own));
      expect(found.pushes[index]).toBeCloseTo(moved, 7);
    }
    expect(found.pull).toBeCloseTo(
      slope((change) => lossAt(similarities, own + change)),
      7,
    );
  });

  it('has shares of the push of its negatives alone, weights and zones only of them', () => {
    const { pushes, share, weight, zone, importance, effectiveNegatives } = explained();
    const isNegative = (_: number, at: number): boolean => isPositive[at] === 0;
    const push = pushes.filter(isNegative).reduce((sum, one) => sum + one, 0);
    for (const at of similarities.keys()) expect(share[at]).toBeCloseTo(pushes[at]! / push, 12);
    expect(share.filter(isNegative).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
    expect([...weight]).toEqual([0, 1, 0, 1, 1, 0, 1]);
    expect([...importance]).toEqual([0, 0.25, 0, 0.25, 0.25, 0, 0.25]);
    // The nearest positive is nearer than the others: the loss lets go of it, and it stays a positive.
    expect(share[0]).toBeGreaterThan(0);
    expect(share[5]).toBeLessThan(0);
    // Four negatives: the ring takes the second and the third of them.
    expect([...zone]).toEqual([3, 0, 3, 1, 1, 3, 2]);
    // How many negatives are more similar.
    expect([...explained().cutRanks.inner]).toEqual([0, 0, 1, 1, 2, 3, 3]);
    const shares = share.filter(isNegative);
    const squares = shares.reduce((sum, one) => sum + one * one, 0);
    expect(effectiveNegatives).toBeCloseTo(1 / squares, 12);
  });

  it('pushes nothing where every candidate is a positive', () => {
    const { clamped, share, effectiveNegatives } = explained(similarities.map(() => 1));
    expect([clamped, effectiveNegatives, [...share].every((one) => one === 0)]).toEqual([
      ...[true, 0, true],
    ]);
  });
});
