import type { FilteredRows } from '../../../app/filters/filtered-rows.ts';
import type { NumberColumn } from '../../../app/library/picture-numbers.svelte.ts';

export const numberBars = 32;

/** How many pictures lie in each of `numberBars` equal parts of a number's range. */
interface NumberHistogram {
  readonly all: Uint32Array;
  /** Those that pass every filter but that on this number. */
  readonly matching: Uint32Array;
  readonly highest: number;
}

/** Counts a number's values; those beyond the range shown count in its outermost bars. */
export function numberHistogram(column: NumberColumn, filtered: FilteredRows): NumberHistogram {
  const { name, values, low, high } = column;
  const all = new Uint32Array(numberBars);
  const matching = new Uint32Array(numberBars);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    const position = Math.floor(((value - low) / (high - low)) * numberBars);
    const bar = Math.min(Math.max(position, 0), numberBars - 1);
    all[bar] = (all[bar] ?? 0) + 1;
    if (filtered.passesOthers(name, row)) matching[bar] = (matching[bar] ?? 0) + 1;
  });
  return { all, matching, highest: Math.max(...all) };
}

/**
 * The range of values between two positions of the brush, 0 to `numberBars`, in either order. A
 * position at an end leaves that end open, so that values beyond the range shown are not lost.
 */
export function brushedRange(
  { low, high }: Pick<NumberColumn, 'low' | 'high'>,
  first: number,
  second: number,
): { from: number; to: number } | null {
  const [start, end] = first < second ? [first, second] : [second, first];
  if (start <= 0 && end >= numberBars) return null;
  const at = (position: number): number => low + (position / numberBars) * (high - low);
  return {
    from: start <= 0 ? -Infinity : at(start),
    to: end >= numberBars ? Infinity : at(end),
  };
}
