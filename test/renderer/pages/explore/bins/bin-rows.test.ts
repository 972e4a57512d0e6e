import { describe, expect, it } from 'vitest';
import {
  falseAmongTop,
  largestShare,
  ranksOfBin,
} from '../../../../../src-renderer/pages/explore/bins/bin-rows.ts';
import { explanationOf } from '../../../explanation-of.ts';

const explanation = explanationOf(1, [
  { id: 2, bin: 'false', share: 0.25 },
  { id: 3, bin: 'hard', share: 0.125 },
  { id: 4, bin: 'false', share: -0.5 },
  { id: 5, bin: 'ring', share: 0.0625 },
  { id: 6, bin: 'false', share: 0.03125 },
]);
const nothing = explanationOf(1, []);

describe('the candidates of a bin', () => {
  it('are found by rank, the most similar first', () => {
    expect([...ranksOfBin(explanation, 'false')]).toEqual([0, 2, 4]);
    expect([...ranksOfBin(explanation, 'hard')]).toEqual([1]);
    expect([...ranksOfBin(explanation, 'easy')]).toEqual([]);
    expect([...ranksOfBin(nothing, 'false')]).toEqual([]);
  });

  it('are counted among the most similar', () => {
    expect([0, 1, 2, 3, 5, 20].map((top) => falseAmongTop(explanation, top))).toEqual([
      ...[0, 1, 1, 2, 3, 3],
    ]);
    expect(falseAmongTop(nothing, 20)).toBe(0);
  });
});

it('finds the largest share in either direction, and never nothing', () => {
  expect(largestShare(explanation)).toBe(0.5);
  expect(largestShare(nothing)).toBeGreaterThan(0);
  expect(largestShare(explanationOf(1, [{ id: 2 }]))).toBeGreaterThan(0);
});
