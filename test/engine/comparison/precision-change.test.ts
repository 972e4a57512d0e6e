import { expect, test } from 'vitest';
import { precisionChange } from '../../../src-main/engine/comparison/precision-change.ts';
import { precisionAtK } from '../../../src-main/engine/evaluation/precision-at-k.ts';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';

const labels = Int32Array.from([0, 0, 1, 1, -1]);

function neighbours(rows: readonly (readonly number[])[]): Neighbours {
  const k = rows[0]!.length;
  return { rows: Int32Array.from(rows.flat()), similarities: new Float32Array(k * rows.length), k };
}

/** Of labelled rows 1/2, 0, 1/2 and 1/2 of two neighbours have their label. */
const before = neighbours([
  [1, 2],
  [2, 3],
  [3, 4],
  [2, 0],
  [0, 1],
]);
/** 1/2, 1/2, 0 and 0: changes by 0, +1/2, -1/2, -1/2. */
const after = neighbours([
  [1, 2],
  [0, 3],
  [0, 4],
  [1, 0],
  [2, 3],
]);

test('the precisions are those of evaluate, and the change is paired by picture', () => {
  const result = precisionChange(before, after, labels, 1)!;
  expect(result.a).toBe(precisionAtK({ neighbours: before, labels }));
  expect([result.a, result.b]).toEqual([3 / 8, 1 / 4]);
  expect(result.change.mean).toBe((0 + 1 / 2 - 1 / 2 - 1 / 2) / 4);
  expect(result.change.low).toBeLessThan(result.change.mean);
  expect(result.change.high).toBeGreaterThan(result.change.mean);
});

test('a change that all pictures share has no spread, however much the pictures differ', () => {
  const all = Int32Array.from([0, 0, 1, 1]);
  const some = neighbours([[2], [0], [0], [2]]);
  const flipped = neighbours([[2], [0], [0], [2]]);
  expect(precisionChange(some, flipped, all, 1)?.change).toEqual({ mean: 0, low: 0, high: 0 });
});

test('without labels there is no precision', () => {
  expect(
    precisionChange(
      before,
      after,
      labels.map(() => -1),
      1,
    ),
  ).toBeNull();
});
