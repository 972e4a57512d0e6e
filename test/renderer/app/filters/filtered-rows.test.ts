import { describe, expect, it } from 'vitest';
import {
  FilteredRows,
  type RowFilter,
} from '../../../../src-renderer/app/filters/filtered-rows.ts';

const even: RowFilter = { name: 'even', passes: (row) => row % 2 === 0 };
const low: RowFilter = { name: 'low', passes: (row) => row < 4 };
const allRows = [0, 1, 2, 3, 4, 5];

describe('the rows that filters keep', () => {
  it('are all without a filter, and none of none', () => {
    expect([...new FilteredRows(3, []).matching]).toEqual([1, 1, 1]);
    expect(new FilteredRows(0, [even]).matching).toHaveLength(0);
  });

  it('pass every filter', () => {
    expect([...new FilteredRows(6, [even, low]).matching]).toEqual([1, 0, 1, 0, 0, 0]);
  });

  it('without one filter are those that the others keep: what its own histogram shows', () => {
    const rows = new FilteredRows(6, [even, low]);
    const without = (name: string): number[] =>
      allRows.filter((row) => rows.passesOthers(name, row));
    expect(without('even')).toEqual([0, 1, 2, 3]);
    expect(without('low')).toEqual([0, 2, 4]);
    expect(without('a filter that is not set')).toEqual([0, 2]);
  });

  it('stay out where more filters fail a row than can be counted by one', () => {
    const never = Array.from({ length: 5 }, (_, i) => ({
      name: `never ${i}`,
      passes: () => false,
    }));
    const rows = new FilteredRows(1, never);
    expect([...rows.matching]).toEqual([0]);
    expect(rows.passesOthers('never 0', 0)).toBe(false);
  });
});
