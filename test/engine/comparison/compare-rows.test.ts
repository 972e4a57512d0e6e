import { describe, expect, test } from 'vitest';
import type { ComparedRowsResult } from '../../../src-main/engine/comparison/compare-rows.ts';
import { classes, compared, count, dimensions, k, randomRows, rotated } from './made-up-runs.ts';

const others = count - 1;
const sameLabel = count / classes - 1;
const otherLabel = others - sameLabel;
/** What the paper's ring keeps of the others: 10 % of them, and 10 % of those. */
const outer = Math.trunc(0.1 * others);
const inner = Math.trunc(0.1 * outer);

function near(value: number, expected: number, tolerance: number): void {
  expect(Math.abs(value - expected), `${value} against ${expected}`).toBeLessThan(tolerance);
}

describe('identical runs', () => {
  test('are exactly the same in every measure', async () => {
    const result = await compared(randomRows(1), randomRows(1));
    const one = { mean: 1, low: 1, high: 1 };
    const zero = { mean: 0, low: 0, high: 0 };
    expect(result).toMatchObject({ neighbourOverlap: one, rankBiasedOverlap: one, cka: 1 });
    expect(result.hardness).toEqual(zero);
    for (const { a, b } of [result.accuracy!, result.linear!]) expect(b).toBe(a);
    expect(result.accuracy!.change).toEqual(zero);
    expect(result.uniformity.b).toBe(result.uniformity.a);
    expect(result.precisionAt20).toMatchObject({
      a: result.precisionAt20!.b,
      change: zero,
    });
    for (const bin of Object.values(result.negatives))
      expect(bin).toMatchObject({ new: 0, gone: 0 });
    const kept = Object.values(result.negatives).reduce((total, bin) => total + bin.kept, 0);
    // What takes 5 % of the push lies within the ring's outer cut, so that the two make up its ranks.
    expect(kept).toBeLessThanOrEqual(outer);
    expect(kept).toBeGreaterThan(outer - inner);
    expect(result.changedGroups).toEqual([]);
    expect(result.mostChangedLabels.map(({ overlap }) => overlap)).toEqual(Array(classes).fill(1));
    for (const { overlap, gained, lost } of result.mostChanged) {
      expect([overlap, gained, lost]).toEqual([1, [], []]);
    }
    expect(new Set(result.columns.overlap)).toEqual(new Set([1]));
    expect(new Set(result.columns.hardness)).toEqual(new Set([0]));
  });
});

describe('a rotated copy', () => {
  test('is the same within the rounding of its numbers', async () => {
    const result = await compared(randomRows(1), rotated(randomRows(1)));
    // Two neighbours as near as rounding may swap: nothing else can.
    near(result.neighbourOverlap.mean, 1, 1e-3);
    near(result.rankBiasedOverlap.mean, 1, 1e-3);
    near(result.cka!, 1, 1e-6);
    near(result.hardness.mean, 0, 1e-6);
    near(result.uniformity.b, result.uniformity.a, 1e-5);
    near(result.precisionAt20!.change.mean, 0, 1e-3);
    for (const { a, b } of [result.accuracy!, result.linear!]) near(b, a, 1.5 / count);
    near(result.accuracy!.change!.mean, 0, 1.5 / count);
    for (const bin of Object.values(result.negatives)) {
      near(bin.new, 0, 0.02);
      near(bin.gone, 0, 0.02);
    }
    expect(result.changedGroups).toEqual([]);
  });
});

describe('unrelated runs give what chance predicts', async () => {
  const result: ComparedRowsResult = await compared(randomRows(1), randomRows(2));

  test('of neighbours: two random sets of k among N share a hypergeometric number', () => {
    const choose = (n: number, m: number): number =>
      Array.from({ length: m }).reduce<number>((ways, _, i) => (ways * (n - i)) / (i + 1), 1);
    let jaccard = 0;
    for (let shared = 0; shared <= k; shared++) {
      const chance = (choose(k, shared) * choose(others - k, k - shared)) / choose(others, k);
      jaccard += (chance * shared) / (2 * k - shared);
    }
    near(result.neighbourOverlap.mean, jaccard, 0.005);
    expect(result.neighbourOverlap.low).toBeLessThan(jaccard);
    expect(result.neighbourOverlap.high).toBeGreaterThan(jaccard);
  });

  test('of rankings: the first d ranks share d² / N on average, so that they agree by d / N', () => {
    const p = 0.9;
    let expected = (k / others) * p ** k;
    for (let d = 1; d <= k; d++) expected += (1 - p) * p ** (d - 1) * (d / others);
    near(result.rankBiasedOverlap.mean, expected, 0.005);
  });

  test('of CKA: nothing, because it is debiased', () => {
    near(result.cka!, 0, 0.01);
  });

  test('of hardness: none is harder, both samples are of one distribution', () => {
    expect(result.hardness.low).toBeLessThan(0);
    expect(result.hardness.high).toBeGreaterThan(0);
  });

  test('of accuracies: the share of the own label among the others, and no difference but noise', () => {
    const chance = sameLabel / others;
    const threeDeviations = 3 * Math.sqrt((chance * (1 - chance)) / count);
    for (const { a, b } of [result.accuracy!, result.linear!]) {
      near(a, chance, threeDeviations);
      near(b, chance, threeDeviations);
    }
    expect(result.accuracy!.change!.low).toBeLessThan(0);
    expect(result.accuracy!.change!.high).toBeGreaterThan(0);
  });

  test('of precision: the same share among the 20 most similar, and no change', () => {
    const chance = sameLabel / others;
    const { a, b, change } = result.precisionAt20!;
    const threeDeviations = 3 * Math.sqrt((chance * (1 - chance)) / (20 * count));
    near(a, chance, threeDeviations);
    near(b, chance, threeDeviations);
    expect(change.low).toBeLessThan(0);
    expect(change.high).toBeGreaterThan(0);
  });

  test('of negatives: those of one run are in a bin of the other by the size of the bin', () => {
    const { hard, false: falsePairs, ring, suspected } = result.negatives;
    const before = hard.kept + hard.gone + ring.kept + ring.gone;
    const after = hard.kept + hard.new + ring.kept + ring.new;
    // Each label has its part of the ranks within the outer cut.
    near(before, (otherLabel * outer) / others, 1);
    near(after, (otherLabel * outer) / others, 1);
    near(falsePairs.kept + falsePairs.new, (sameLabel * outer) / others, 0.5);
    near(falsePairs.kept + falsePairs.gone, (sameLabel * outer) / others, 0.5);
    near(falsePairs.kept, sameLabel * (outer / others) ** 2, 0.3);
    for (const bin of [hard, ring]) {
      // Two unrelated sets of such sizes among the others of another label.
      const kept = ((bin.kept + bin.gone) * (bin.kept + bin.new)) / otherLabel;
      expect(kept).toBeGreaterThan(0.05);
      near(bin.kept, kept, 0.3);
    }
    expect(suspected).toEqual({ kept: 0, new: 0, gone: 0 });
  });

  test('of uniformity: log E exp(4 (cos - 1)), cos of density (1 - cos²)^((d - 3) / 2)', () => {
    let weighted = 0;
    let weight = 0;
    for (let cosine = -0.9995; cosine < 1; cosine += 0.001) {
      const density = (1 - cosine ** 2) ** ((dimensions - 3) / 2);
      weighted += density * Math.exp(4 * (cosine - 1));
      weight += density;
    }
    const expected = Math.log(weighted / weight);
    near(result.uniformity.a, expected, 0.03);
    near(result.uniformity.b, expected, 0.03);
  });
});
