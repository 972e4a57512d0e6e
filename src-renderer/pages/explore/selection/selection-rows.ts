import { binNames } from '../../../../src-main/contract/bins.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';
import { evidenceText, negativeColumns } from '../table/negative-columns.ts';

/** One selected picture as it is exported; empty where there is nothing to say. */
type SelectionRow = Readonly<Record<string, string | number>>;

/** The selected pictures, by id, with what is known of each, also as the anchor's negative. */
export function selectionRows(app: AppState): SelectionRow[] {
  const { focus, library, mapLook, marks } = app;
  const { pictures } = library;
  const columns = negativeColumns(app);
  const numberAt = (values: Float32Array, row: number): number | '' => {
    const value = values[row] ?? NaN;
    return Number.isNaN(value) ? '' : value;
  };
  return [...focus.selection]
    .map((id) => pictures.rowOf(id))
    .filter((row) => row >= 0)
    .sort((a, b) => a - b)
    .map((row) => {
      const bin = mapLook.binAt(row);
      const hash = pictures.hashAt(row);
      return {
        hash,
        path: pictures.pathAt(row),
        label: pictures.labelAt(row) ?? '',
        tags: marks.tagsOf(hash).join('|'),
        left_out: marks.leftOut.has(hash) ? 'true' : 'false',
        bin: bin !== null && binNames.includes(bin) ? bin : '',
        rank: numberAt(columns.rank, row),
        similarity: numberAt(columns.similarity, row),
        share: numberAt(columns.share, row),
        evidence: evidenceText(columns.evidence[row] ?? NaN),
      };
    });
}
