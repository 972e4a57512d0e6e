import { describe, expect, test } from 'vitest';
import { changedGroups } from '../../../src-main/engine/comparison/changed-groups.ts';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';

const k = 4;

function neighbours(rows: readonly (readonly number[])[]): Neighbours {
  return {
    rows: Int32Array.from(rows.flat()),
    similarities: new Float32Array(k * rows.length),
    k,
  };
}

/** Rows 0 to 3 lose 8 and 9 and gain 10 and 11 together; 4 to 6 lose 12; 7 changes alone. */
const before = neighbours([
  [1, 2, 8, 9],
  [0, 2, 8, 9],
  [0, 1, 8, 9],
  [0, 1, 8, 9],
  [5, 6, 12, 13],
  [4, 6, 12, 13],
  [4, 5, 12, 13],
  [1, 2, 3, 4],
  ...Array.from({ length: 6 }, () => [0, 1, 2, 3]),
]);
const after = neighbours([
  [1, 2, 10, 11],
  [0, 2, 11, 10],
  [0, 1, 10, 11],
  [0, 1, 10, 13],
  [5, 6, 7, 13],
  [4, 6, 3, 13],
  [4, 5, 2, 13],
  [8, 9, 10, 5],
  ...Array.from({ length: 6 }, () => [0, 1, 2, 3]),
]);
const order = Uint32Array.from({ length: 14 }, (_, row) => row);

describe('groups of rows that changed alike', () => {
  test('share a quarter of what they gained and lost; what half of them share is said', () => {
    expect(changedGroups(before, after, k, order, 12)).toEqual([
      // Row 3 shares 3 of 5 with row 0; 11 is shared by three of four.
      { rows: [0, 1, 2, 3], gained: [10, 11], lost: [8, 9] },
      { rows: [4, 5, 6], gained: [], lost: [12] },
    ]);
  });

  test('begin with the most changed row, and are listed up to a number, the largest first', () => {
    const [first] = changedGroups(before, after, k, order.toReversed(), 1);
    expect(first?.rows).toEqual([3, 0, 1, 2]);
    expect(changedGroups(before, after, k, order, 1)).toHaveLength(1);
  });

  test('are none where nothing changed', () => {
    expect(changedGroups(before, before, k, order, 12)).toEqual([]);
  });
});
