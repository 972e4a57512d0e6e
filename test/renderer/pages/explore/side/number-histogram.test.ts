import { seedRandom } from '../../../../../src-main/engine/numeric/random.ts';
import { describe, expect, it } from 'vitest';

import {
  brushedRange,
  numberBars,
  numberHistogram,
} from '../../../../../src-renderer/pages/explore/side/number-histogram.ts';
import {
  FilteredRows,
  type RowFilter,
} from '../../../../../src-renderer/app/filters/filtered-rows.ts';

/** Bars of 1/32 from 0 to 1. */
const histogram = (
  values: readonly number[],
  filters: readonly RowFilter[] = [],
  low = 0,
  high = 1,
) =>
  numberHistogram(
    { name: 'loss', values: Float32Array.from(values), low, high },
    new FilteredRows(values.length, filters),
  );
const sum = (counts: Uint32Array): number => counts.reduce((a, b) => a + b, 0);
const filled = (counts: Uint32Array): number[][] =>
  [...counts].flatMap((count, bar) => (count > 0 ? [[bar, count]] : []));

describe('the histogram of a number', () => {
  it('counts every picture that has the number once, as a loop over the bars does', () => {
    const random = seedRandom(91);
    const values = Array.from({ length: 5000 }, () => random.uniform(0, 1));
    const { all, matching, highest } = histogram(values);
    const counted = Array.from({ length: numberBars }, (_, bar) => {
      const [from, to] = [bar / numberBars, (bar + 1) / numberBars];
      return values.map(Math.fround).filter((value) => value >= from && value < to).length;
    });
    expect([...all]).toEqual(counted);
    expect([...matching]).toEqual(counted);
    expect(highest).toBe(Math.max(...counted));
  });

  it('parts the range that is shown, wherever it lies', () => {
    const { all } = histogram([10, 10.9, 11, 41.5, 42], [], 10, 42);
    expect(filled(all)).toEqual([
      [0, 2],
      [1, 1],
      [31, 2],
    ]);
  });

  it('counts what lies beyond its range in the outermost bars, and leaves out what has no number', () => {
    const { all } = histogram([-7, 0, 1, 99, Infinity, -Infinity, NaN]);
    expect(filled(all)).toEqual([
      [0, 3],
      [31, 3],
    ]);
  });

  it('shows what the filters of other things keep, whatever its own range is', () => {
    const own = { name: 'loss', passes: (row: number) => row > 1 };
    const other = { name: 'label', passes: (row: number) => row !== 3 };
    const { all, matching } = histogram([0.1, 0.1, 0.9, 0.9], [own, other]);
    expect([filled(all), filled(matching)]).toEqual([
      [
        [3, 2],
        [28, 2],
      ],
      [
        [3, 2],
        [28, 1],
      ],
    ]);
  });

  it('is empty without values', () => {
    const { all, matching, highest } = histogram([]);
    expect([sum(all), sum(matching), highest]).toEqual([0, 0, 0]);
  });
});

describe('the range that a brush marks', () => {
  const column = { low: 10, high: 42 };

  it('is that between both positions, in either order', () => {
    expect(brushedRange(column, 4, 16)).toEqual({ from: 14, to: 26 });
    expect(brushedRange(column, 16, 4)).toEqual({ from: 14, to: 26 });
  });

  it('is open at an end of the axis', () => {
    expect(brushedRange(column, 0, 8)).toEqual({ from: -Infinity, to: 18 });
    expect(brushedRange(column, 50, 8)).toEqual({ from: 18, to: Infinity });
    expect(brushedRange(column, 8, numberBars)).toEqual({ from: 18, to: Infinity });
    expect(brushedRange(column, 0, numberBars)).toBeNull();
    expect(brushedRange(column, 99, -3)).toBeNull();
  });
});
