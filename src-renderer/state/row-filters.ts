import { binNames } from '../../src-main/contract/bins.ts';
import type { AppState } from './app-state.svelte.ts';
import type { RowFilter } from './filtered-rows.ts';

/** The filters that are set, of rows of the library; `bins` holds each row's bin, 255 for none. */
export function rowFilters(app: AppState, bins: Uint8Array): RowFilter[] {
  return [
    ...nameFilters(app),
    ...labelFilters(app),
    ...binFilters(app, bins),
    ...verdictFilters(app),
    ...numberFilters(app),
  ];
}

function nameFilters({ focus, library }: AppState): RowFilter[] {
  if (focus.query.trim() === '') return [];
  const found = new Set(library.pictures.search(focus.query));
  return [{ name: 'name', keeps: (row) => found.has(row) }];
}

function labelFilters({ focus, library }: AppState): RowFilter[] {
  if (focus.labels.size === 0) return [];
  const { pictures } = library;
  // Read once: every access of a reactive set counts at 50,000 rows.
  const labels = new Set(focus.labels);
  return [{ name: 'label', keeps: (row) => labels.has(pictures.labelAt(row) ?? '') }];
}

function binFilters({ focus, shownNegatives }: AppState, bins: Uint8Array): RowFilter[] {
  if (focus.bins.size === 0 || shownNegatives === null) return [];
  const kept = binNames.map((name) => focus.bins.has(name));
  return [{ name: 'bin', keeps: (row) => kept[bins[row] ?? binNames.length] ?? false }];
}

function verdictFilters({ focus, judged, library }: AppState): RowFilter[] {
  if (focus.verdicts.size === 0) return [];
  const { pictures } = library;
  const kinds = new Set(focus.verdicts);
  return [{ name: 'verdict', keeps: (row) => kinds.has(judged.kindOf(pictures.hashAt(row))) }];
}

function numberFilters({ focus, numbers }: AppState): RowFilter[] {
  return [...focus.ranges].flatMap(([name, { from, to }]) => {
    const values = numbers.column(name)?.values;
    if (!values) return [];
    return {
      name,
      keeps: (row: number) => {
        const value = values[row] ?? NaN;
        return value >= from && value <= to;
      },
    };
  });
}
