import { expect, test } from 'vitest';
import { pairedPrecision } from '../../../src-main/engine/comparison/paired-precision.ts';
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

test('the precisions are those of evaluate', () => {
  const result = pairedPrecision(before, after, labels)!;
  expect(result.a).toBe(precisionAtK({ neighbours: before, labels }));
  expect(result).toEqual({ a: 3 / 8, b: 1 / 4 });
});

test('without labels there is no precision', () => {
  const none = labels.map(() => -1);
  expect(pairedPrecision(before, after, none)).toBeNull();
});
