import { describe, expect, it } from 'vitest';
import { binNames } from '../../../../../src-main/contract/bins.ts';
import {
  rankOfCut,
  similarityAtCut,
  similarityColumns,
} from '../../../../../src-renderer/pages/explore/histogram/similarity-columns.ts';
import { manySimilarities, ofSimilarities as explain } from './many-similarities.ts';

const many = manySimilarities(2000);
const manyExplained = explain(many, (rank) => binNames[rank % 5]!);

describe('the histogram of similarities', () => {
  it('counts every candidate once, in its bin', () => {
    const { counts, min, tallest } = similarityColumns(manyExplained, 40);
    binNames.forEach((_, bin) => {
      const sum = counts.filter((_count, index) => index % 5 === bin).reduce((a, b) => a + b, 0);
      expect(sum).toBe(400);
    });
    expect(min).toBe(-1);
    const totals = Array.from({ length: 40 }, (_, column) =>
      counts.subarray(column * 5, column * 5 + 5).reduce((a, b) => a + b, 0),
    );
    expect(tallest).toBe(Math.max(...totals));
    // The middle column of 41 holds what is within 1/41 of 0.
    const middle = similarityColumns(manyExplained, 41).counts.subarray(100, 105);
    const near = many.filter((similarity) => Math.abs(similarity) < 1 / 41).length;
    expect(middle.reduce((a, b) => a + b, 0)).toBe(near);
  });

  it('begins at the tenth below the least similar, and ends at 1', () => {
    const columns = similarityColumns(explain([1, 0.5, 0.375]), 7);
    expect([columns.min, columns.max]).toEqual([0.3, 1]);
    // Columns of 0.1: 0.375 in the first, 0.5 in the third (0.5 to 0.6), 1 in the last.
    const filled = [...columns.counts].flatMap((count, index) =>
      count > 0 ? [Math.floor(index / 5)] : [],
    );
    expect(filled).toEqual([0, 2, 6]);
  });

  it('is sound without candidates, and where all are alike or as unlike as can be', () => {
    expect(similarityColumns(explain([]), 10)).toMatchObject({ min: 0, tallest: 1 });
    expect(similarityColumns(explain([1, 1, 1]), 10)).toMatchObject({ min: 0.9, tallest: 3 });
    // Rounding takes a cosine a little past 1.
    expect(similarityColumns(explain([1.000_000_1, 1]), 10).tallest).toBe(2);
    expect(similarityColumns(explain([0, -1]), 10)).toMatchObject({ min: -1, tallest: 1 });
  });
});

describe('a cut in the histogram', () => {
  const similarity = Float32Array.of(0.75, 0.5, 0.5, 0.25);

  it('lies halfway between the two candidates that it parts', () => {
    expect(similarityAtCut(similarity, 1)).toBe(0.625);
    expect(similarityAtCut(similarity, 2)).toBe(0.5);
    expect(similarityAtCut(similarity, 3)).toBe(0.375);
  });

  it('lies at the end behind the last, and at 1 before the first', () => {
    expect(similarityAtCut(similarity, 4)).toBe(0.25);
    expect(similarityAtCut(similarity, 99)).toBe(0.25);
    expect(similarityAtCut(similarity, 0)).toBe(1);
    expect(similarityAtCut(new Float32Array(), 3)).toBe(1);
  });

  it('has the rank of how many are more similar, as counting finds it', () => {
    const column = Float32Array.from(many);
    for (let value = -1.1; value <= 1.1; value += 0.05) {
      expect(rankOfCut(column, value)).toBe(column.filter((one) => one > value).length);
    }
    expect(rankOfCut(similarity, 0.5)).toBe(1);
    expect(rankOfCut(new Float32Array(), 0)).toBe(0);
  });

  it('is found again from where it lies, where no two candidates are alike', () => {
    const column = Float32Array.from(many);
    for (const rank of [1, 17, 500, 1999]) {
      expect(rankOfCut(column, similarityAtCut(column, rank))).toBe(rank);
    }
  });
});
