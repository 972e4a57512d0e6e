import { describe, expect, it } from 'vitest';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import {
  drawCounts,
  drawIndices,
} from '../../../../src-main/engine/training/sources/draw-counts.ts';

const size = { rows: 3, elements: 5, draws: 4000 };
/** A first, a middle and the last element. */
const without = [0, 2, 4];

/** How often each of the 5 elements was drawn for each row. */
const counted = {
  counts: () => {
    const counts = drawCounts({ ...size, width: 7, without }, seedRandom(3));
    expect([0, 1, 2].map((row) => [counts[row * 7 + 5], counts[row * 7 + 6]]).flat()).toEqual(
      new Array<number>(6).fill(0),
    );
    return [0, 1, 2].map((row) => [...counts.slice(row * 7, row * 7 + 5)]);
  },
  indices: () => {
    const indices = drawIndices({ ...size, without }, seedRandom(4));
    return [0, 1, 2].map((row) => {
      const drawn = [...indices.slice(row * size.draws, (row + 1) * size.draws)];
      return [0, 1, 2, 3, 4].map((element) => drawn.filter((index) => index === element).length);
    });
  },
};

describe.each(['counts', 'indices'] as const)('draws as %s', (kind) => {
  it('never hit the element of the row, and the others equally often', () => {
    for (const [row, counts] of counted[kind]().entries()) {
      expect(counts[without[row]!]).toBe(0);
      expect(counts.reduce((total, count) => total + count)).toBe(size.draws);
      const others = counts.filter((_, element) => element !== without[row]);
      // 1,000 each; six standard deviations of a binomial count are 164.
      for (const count of others) expect(Math.abs(count - 1000)).toBeLessThan(164);
    }
  });
});
