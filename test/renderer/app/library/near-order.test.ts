import { describe, expect, it } from 'vitest';
import type { nearOrders } from '../../../../src-renderer/app/library/near-order.ts';
import { leastSimilarity, orderedGroups } from '../../../../src-renderer/app/library/near-order.ts';
import type { NearGroup } from '../../../../src-renderer/app/library/near-duplicates.svelte.ts';

const pair = (first: number, distance: number): NearGroup => ({
  pictures: [first, first + 1],
  links: [{ pair: [first, first + 1], distance }],
});
const three: NearGroup = {
  pictures: [1, 2, 3],
  links: [
    { pair: [1, 2], distance: 0.01 },
    { pair: [2, 3], distance: 0.04 },
  ],
};
const groups = [pair(10, 0.02), three, pair(20, 0.05), pair(30, 0.001)];
const labels: Readonly<Record<number, string>> = { 1: 'hat 10', 10: 'hat 9', 30: 'hat 10' };
const firsts = (order: (typeof nearOrders)[number]): (number | undefined)[] =>
  orderedGroups(groups, order, (id) => labels[id] ?? null).map(({ pictures: [first] }) => first);

describe('the order of near-duplicates', () => {
  it('goes by the similarity that a card shows: that of the least similar pair of the group', () => {
    // 1 − 0.04 for the three, though two of them are nearer than that.
    expect(leastSimilarity(three)).toBeCloseTo(0.96, 12);
    expect(firsts('similar')).toEqual([30, 10, 1, 20]);
    expect(firsts('dissimilar')).toEqual([20, 1, 10, 30]);
  });

  it('goes by size or by label, the more similar first among equals', () => {
    expect(firsts('large')).toEqual([1, 30, 10, 20]);
    expect(firsts('label')).toEqual([10, 30, 1, 20]);
  });
});
