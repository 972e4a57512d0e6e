import type { FilteredRows } from '../../state/filtered-rows.ts';
import type { NumberColumn } from '../../state/picture-numbers.svelte.ts';

export const numberBars = 32;

/** How many pictures lie in each of `numberBars` equal parts of a number's range. */
export interface NumberHistogram {
  readonly all: Uint32Array;
  /** Those that every filter of other things keeps. */
  readonly kept: Uint32Array;
  readonly highest: number;
}

/** Counts a number's values; those beyond the range shown count in its outermost bars. */
export function numberHistogram(column: NumberColumn, filtered: FilteredRows): NumberHistogram {
  const { name, values, low, high } = column;
  const all = new Uint32Array(numberBars);
  const kept = new Uint32Array(numberBars);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    const place = Math.floor(((value - low) / (high - low)) * numberBars);
    const bar = Math.min(Math.max(place, 0), numberBars - 1);
    all[bar] = (all[bar] ?? 0) + 1;
    if (filtered.keepsWithout(name, row)) kept[bar] = (kept[bar] ?? 0) + 1;
  });
  return { all, kept, highest: Math.max(...all) };
}

/**
 * The range of values between two places of the brush, 0 to `numberBars`, in either order. A place
 * at an end leaves that end open, so that values beyond the range shown are not lost.
 */
export function brushedRange(
  { low, high }: Pick<NumberColumn, 'low' | 'high'>,
  first: number,
  second: number,
): { from: number; to: number } | null {
  const [start, end] = first < second ? [first, second] : [second, first];
  if (start <= 0 && end >= numberBars) return null;
  const at = (place: number): number => low + (place / numberBars) * (high - low);
  return {
    from: start <= 0 ? -Infinity : at(start),
    to: end >= numberBars ? Infinity : at(end),
  };
}
