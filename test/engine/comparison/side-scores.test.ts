import { expect, test } from 'vitest';
import { sideScores } from '../../../src-main/engine/comparison/side-scores.ts';
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

const scoresOf = (voting: Neighbours, own: Int32Array) =>
  sideScores(
    {
      ...{ vectors: new Float32Array(labels.length).fill(1), count: labels.length, dimensions: 1 },
      ...{ neighbours: voting, voting, fitProbe: () => Promise.resolve(null) },
    },
    { labels: own, groups: null, sample: Uint32Array.from(own.keys()) },
  );

test('the precisions are those of evaluate', async () => {
  const [first, second] = [await scoresOf(before, labels), await scoresOf(after, labels)];
  expect(first.precisionAt20).toBe(precisionAtK({ neighbours: before, labels }));
  expect(first.precisionAt20).toBe(3 / 8);
  expect(second.precisionAt20).toBe(1 / 4);
});

test('without labels there is no precision', async () => {
  const { precisionAt20 } = await scoresOf(
    before,
    labels.map(() => -1),
  );
  expect(precisionAt20).toBeNull();
});
