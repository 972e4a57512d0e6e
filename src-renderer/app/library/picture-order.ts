import type { PictureOrder } from './library-page.svelte.ts';
import type { Pictures } from './pictures.ts';

/** What each order is called on screen. */
export const orderWords: Readonly<Record<PictureOrder, string>> = {
  found: 'as found',
  path: 'path',
  name: 'file name',
  label: 'label',
  size: 'size in pixels',
};

/** The rows of all pictures in an order; numbers in names count as numbers, "2" before "10". */
export function orderedRows(
  pictures: Pictures,
  order: PictureOrder,
  isDescending: boolean,
): Uint32Array {
  const rows = Uint32Array.from({ length: pictures.count }, (_, row) => row);
  if (order === 'size') {
    const { sizes } = pictures.columns;
    const areas = Float64Array.from(
      rows,
      (row) => (sizes[2 * row] ?? 0) * (sizes[2 * row + 1] ?? 0),
    );
    rows.sort((a, b) => (areas[a] ?? 0) - (areas[b] ?? 0) || a - b);
  } else if (order !== 'found') {
    // Comparing plain keys takes a tenth of what a collator takes for 50,000 names.
    const keys = Array.from(rows, (row) => sortingKey(textOf(pictures, order, row)));
    rows.sort((a, b) => compareText(keys[a] ?? '', keys[b] ?? '') || a - b);
  }
  return isDescending ? rows.reverse() : rows;
}

/** Those of the rows that match (1 in `matches`, by row), in their order; null lets all through. */
export function matchingRows(rows: Uint32Array, matches: Uint8Array | null): Uint32Array {
  return matches === null ? rows : rows.filter((row) => matches[row] === 1);
}

function textOf(pictures: Pictures, order: 'path' | 'name' | 'label', row: number): string {
  const path = pictures.pathAt(row);
  if (order === 'path') return path;
  if (order === 'name') return path.slice(path.lastIndexOf('/') + 1);
  // Pictures without a label come last.
  return `${pictures.labelAt(row) ?? '\uffff'}\u0000${path}`;
}

function sortingKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
