import { expect, test } from 'vitest';
import { labelErrors, labelErrorSentence } from '../../../src-main/engine/review/label-errors.ts';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';

/** Neighbours of equal similarity, so that each has one vote. */
function equalVotes(rows: readonly (readonly number[])[]): Neighbours {
  const k = rows[0]!.length;
  return {
    rows: Int32Array.from(rows.flat()),
    similarities: new Float32Array(rows.length * k).fill(0.5),
    k,
  };
}

/** Single labels: each is made of itself. */
const singles = [[0], [1]];

test('a picture whose nearest vote for another label, at least as such pictures get, is an error', () => {
  // 0, 1, 2 are labelled A (0) and 3, 4, 5 B (1); all neighbours of 2 are of B.
  const labels = Int32Array.of(0, 0, 0, 1, 1, 1);
  const neighbours = equalVotes([
    [1, 2],
    [0, 2],
    [4, 3],
    [4, 5],
    [3, 5],
    [3, 2],
  ]);
  // p̂(B): of 3 and 4 each 1, of 5 1/2; t_B = 2.5 / 3. p̂(A): of 0 and 1 each 1, of 2 0; t_A = 2 / 3.
  // 5 has p̂(A) = 1/2 < t_A, so it is none; 2 has p̂(B) = 1.
  const found = labelErrors({ neighbours, labels }, singles);
  expect(found).toEqual([
    { row: 2, other: 4, label: 1, voters: 2, share: 1, ownShare: 0, usual: 2.5 / 3 },
  ]);
  expect(labelErrorSentence(found[0]!, { own: 'A', names: ['A', 'B'] })).toBe(
    'The anchor is labelled “A”, but 100\u00a0% of the vote of its 2 nearest is for “B” and 0\u00a0% for its own; a picture labelled “B” gets 83\u00a0% on average. The candidate is the nearest of them.',
  );
});

test('those with the largest margin come first; similar neighbours weigh more', () => {
  const labels = Int32Array.of(0, 0, 1, 1, 0, 1);
  const rows = Int32Array.from([1, 4, 0, 4, 3, 5, 2, 5, 2, 3, 1, 2].flat());
  const similarities = new Float32Array(12).fill(0.5);
  // 5, labelled B, has 1 (A) at 0.57 and 2 (B) at 0.5: e^(0.07/0.07) = e to 1.
  similarities[10] = 0.57;
  const found = labelErrors({ neighbours: { rows, similarities, k: 2 }, labels }, singles);
  // t_A: of 0 and 1 each 1, of 4 0: 2/3. p̂(A) of 5 is e / (e + 1) = 0.731, above it.
  expect(found.map(({ row }) => row)).toEqual([4, 5]);
  expect(found[1]!.share).toBeCloseTo(Math.E / (Math.E + 1), 6);
  expect(found[1]!.ownShare).toBeCloseTo(1 / (Math.E + 1), 6);
  expect(found[1]!.other).toBe(1);
});

test('pictures without a label neither vote nor are errors; one of several labels votes in parts', () => {
  // Labels: 0 A, 1 B, 2 is A and B.
  const members = [[0], [1], [0, 1]];
  const labels = Int32Array.of(0, -1, 2, 1);
  const neighbours = equalVotes([
    [1, 2],
    [0, 3],
    [0, 3],
    [1, 2],
  ]);
  // 0 (A): one vote, half A, half B: no label is above its own.
  expect(labelErrors({ neighbours, labels }, members)).toEqual([]);
});
