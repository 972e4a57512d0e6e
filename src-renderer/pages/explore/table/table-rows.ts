import { binNames } from '../../../../src-main/contract/bins.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';
import type { ListColumn, ListSorting } from '../../../app/anchor/explore-page.svelte.ts';
import { judgedKinds, judgedWords } from '../../../app/verdicts/judged-kinds.ts';
import { orderedRows } from '../../../app/library/picture-order.ts';
import type { Pictures } from '../../../app/library/pictures.ts';
import { evidenceWeight, type NegativeColumn, type NegativeColumns } from './negative-columns.ts';

/** What each column is called on screen. */
export const listWords: Readonly<Record<ListColumn, string>> = {
  name: 'picture',
  label: 'label',
  bin: 'bin',
  rank: 'rank',
  similarity: 'similarity',
  share: 'share',
  evidence: 'evidence',
  verdict: 'verdict',
};

/** Every row by name or, where that is the column, by label: what `listRows` begins with. */
export function rowsByText(pictures: Pictures, { column, isDescending }: ListSorting): Uint32Array {
  const isText = column === 'name' || column === 'label';
  return orderedRows(pictures, isText ? column : 'name', isText && isDescending);
}

/**
 * The rows of the map's pictures that pass the filters (and are selected, where the list follows the
 * selection), sorted by a column; what has no value there comes last either way.
 */
export function listRows(
  app: AppState,
  byText: Uint32Array,
  columns: NegativeColumns,
  { column, isDescending }: ListSorting,
): Uint32Array {
  const { pictures } = app.library;
  const isListed = new Uint8Array(pictures.count);
  const { selection } = app.focus;
  const isOfSelection = app.explore.isListOfSelection && selection.size > 0;
  for (const id of app.runs.map?.ids ?? []) {
    if (!isOfSelection || selection.has(id)) isListed[pictures.rowOf(id)] = 1;
  }
  const { matches } = app.mapLook;
  const rows = byText.filter(
    (row) => isListed[row] === 1 && (matches === null || matches[row] === 1),
  );
  if (column === 'name' || column === 'label') return rows;
  const values = valuesOf(app, columns, column);
  const sign = isDescending ? -1 : 1;
  return rows.sort((a, b) => compareValues(values[a] ?? NaN, values[b] ?? NaN, sign));
}

function valuesOf(
  app: AppState,
  columns: NegativeColumns,
  column: 'bin' | 'verdict' | NegativeColumn,
): Float32Array {
  if (column === 'evidence') {
    return columns.evidence.map((bits) => (Number.isNaN(bits) ? NaN : evidenceWeight(bits)));
  }
  if (column !== 'bin' && column !== 'verdict') return columns[column];
  const { pictures } = app.library;
  return Float32Array.from({ length: pictures.count }, (_, row) => {
    if (column === 'verdict') {
      const kind = app.judged.kindOf(pictures.hashAt(row));
      return kind === 'none' ? NaN : judgedKinds.indexOf(kind);
    }
    const bin = app.mapLook.binAt(row);
    return bin === null ? NaN : binNames.indexOf(bin);
  });
}

/** The text of a verdict's cell; nothing was said of most pictures. */
export function verdictText(app: AppState, row: number): string {
  const kind = app.judged.kindOf(app.library.pictures.hashAt(row));
  return kind === 'none' ? '' : judgedWords[kind];
}

function compareValues(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a - b);
}
