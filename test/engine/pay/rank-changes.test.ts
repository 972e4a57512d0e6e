import { describe, expect, it } from 'vitest';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { rankChanges } from '../../../src-main/engine/pay/rank-changes.ts';
import type { RankedUnit } from '../../../src-main/engine/pay/rank-changes.ts';

const noWait = (): Promise<void> => Promise.resolve();

function unit(before: readonly number[], after: readonly number[]): RankedUnit {
  return {
    ...{ before, after, pictures: before.length },
    nearestBefore: before.filter((rank) => rank === 1).length,
    nearestAfter: after.filter((rank) => rank === 1).length,
  };
}

describe('changes of ranks', () => {
  it('are medians, means, a geometric mean and shares', async () => {
    const units = [unit([8, 2], [2, 2]), unit([16, 1], [1, 1])];
    const found = await rankChanges(units, 1, noWait);
    expect(found.medianRank).toMatchObject({ before: 5, after: 1.5 });
    expect(found.meanRank).toMatchObject({ before: 6.75, after: 1.5 });
    // (1/4 · 1 · 1/16 · 1)^(1/4)
    expect(found.factor.mean).toBeCloseTo(64 ** -0.25, 12);
    expect(found.nearest).toMatchObject({ before: 0.25, after: 0.5 });
  });

  it('have the intervals of means of independent units where every unit is a pair', async () => {
    const random = seedRandom(9);
    const pairs = Array.from({ length: 400 }, () => [
      random.uniform(20, 60),
      random.uniform(10, 50),
    ]);
    const units = pairs.map(([before, after]) => unit([before!], [after!]));
    const { meanRank, factor } = await rankChanges(units, 1, noWait);
    const check = (values: readonly number[], low: number, high: number): void => {
      const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
      const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
      const error = Math.sqrt(squares / (values.length - 1) / values.length);
      // The quantiles of 999 draws have a standard error of about 0.09 of that of the mean.
      expect(Math.abs(low - (mean - 1.96 * error))).toBeLessThan(0.3 * error);
      expect(Math.abs(high - (mean + 1.96 * error))).toBeLessThan(0.3 * error);
    };
    check(
      pairs.map(([before, after]) => after! - before!),
      meanRank.low,
      meanRank.high,
    );
    check(
      pairs.map(([before, after]) => Math.log(after! / before!)),
      Math.log(factor.low),
      Math.log(factor.high),
    );
  });

  it('are as uncertain as their units: pairs of one group are no further evidence', async () => {
    const random = seedRandom(4);
    const ranks = Array.from({ length: 60 }, () => [random.uniform(5, 50), random.uniform(5, 50)]);
    const alone = ranks.map(([before, after]) => unit([before!], [after!]));
    const tenfold = ranks.map(([before, after]) =>
      unit(Array<number>(10).fill(before!), Array<number>(10).fill(after!)),
    );
    const one = await rankChanges(alone, 1, noWait);
    const other = await rankChanges(tenfold, 1, noWait);
    expect(other.meanRank.low).toBeCloseTo(one.meanRank.low, 9);
    expect(other.factor.high).toBeCloseTo(one.factor.high, 9);
  });
});
