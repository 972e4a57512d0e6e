import { describe, expect, it } from 'vitest';
import {
  fractionOfRank,
  checkRing,
  ringPercentiles,
  ringRanks,
} from '../../../src-main/contract/objectives/ring-ranks.ts';

describe('ring ranks', () => {
  it('truncate the float64 products as int() does', () => {
    expect(ringRanks(100, 0.29, 0, true)).toEqual({ inner: 0, outer: 28 });
    expect(ringRanks(126, 0.1, 0.1, true)).toEqual({ inner: 1, outer: 12 });
    expect(ringRanks(126, 0.1, 0.1, false)).toEqual({ inner: 12, outer: 12 });
    expect(ringRanks(14, 0.5, 0.2, true)).toEqual({ inner: 1, outer: 7 });
  });

  it('refuse a ring with nothing in it, saying how many negatives there are', () => {
    expect(() => checkRing({ inner: 12, outer: 12 }, 126)).toThrow(
      /of 126 negatives .* keeps the 12 most similar .* leaves out 12; a larger ringOuter/,
    );
    expect(() => checkRing({ inner: 0, outer: 0 }, 6)).toThrow(/no negative in it/);
    checkRing({ inner: 0, outer: 1 }, 6);
  });

  it("are the paper's 90th and 99th percentiles by default", () => {
    const { lower, upper } = ringPercentiles(0.1, 0.1, true);
    expect(lower).toBeCloseTo(90, 12);
    expect(upper).toBeCloseTo(99, 12);
    expect(ringPercentiles(0.5, 0.1, false)).toEqual({ lower: 50, upper: 90 });
  });
});

it('has for every rank a fraction that is truncated to it', () => {
  for (const count of [1, 7, 49, 126, 254, 4094]) {
    for (let rank = 0; rank <= count; rank++) {
      const fraction = fractionOfRank(rank, count);
      expect(fraction).toBeLessThanOrEqual(1);
      expect(ringRanks(count, fraction, 0, false).outer).toBe(rank);
    }
  }
});
