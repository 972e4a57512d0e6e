import { expect, test } from 'vitest';
import { PairFamilies } from '../../../src-main/engine/review/pair-families.ts';
import { firstOfFamilies } from '../../../src-main/engine/review/one-per-family.ts';

/** Frames 1, 2, 3 and frames 4, 5; 9 is by itself. */
const frames = [Uint32Array.of(1, 2, 3), Uint32Array.of(4, 5)];

test('all pairs between two families are one question, asked once', () => {
  const families = new PairFamilies(frames, []);
  const isFirst = firstOfFamilies(families);
  const pairs = [
    [1, 4],
    [5, 2],
    [1, 2],
    [3, 2],
    [9, 1],
    [9, 3],
    [9, 4],
  ] as const;
  expect(pairs.filter(isFirst)).toEqual([
    [1, 4],
    [1, 2],
    [9, 1],
    [9, 4],
  ]);
});

test('the pairs like one are the others between both families, or within the one', () => {
  const families = new PairFamilies(frames, []);
  expect([...families.alike(1, 4)]).toEqual([
    [1, 5],
    [2, 4],
    [2, 5],
    [3, 4],
    [3, 5],
  ]);
  expect([...families.alike(3, 2)]).toEqual([
    [1, 2],
    [1, 3],
  ]);
  expect([...families.alike(9, 5)]).toEqual([[9, 4]]);
  expect([...families.alike(9, 8)]).toEqual([]);
});

test('a verdict on one of them is one on the question', () => {
  const families = new PairFamilies(frames, [[2, 5]]);
  expect(families.isJudged(4, 1)).toBe(true);
  expect(families.isJudged(1, 2)).toBe(false);
  expect(families.isJudged(9, 1)).toBe(false);
});
