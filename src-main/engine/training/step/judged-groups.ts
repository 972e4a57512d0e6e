import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { SourceFeeds } from '../sources/training-source.ts';

/** Inputs of a step: the groups of pictures judged the same, of the anchors, [A], and columns, [M]. */
export const rowGroups = 'rows.group';
export const columnGroups = 'columns.group';

/** The training state's array with the group of each picture at the start of the run, -1 for none. */
export const verdictGroupsArray = 'verdictGroups';

/** Rows and columns without a group differ, so that no row is in the group of any such column. */
const noGroup = { row: -1, column: -2 };

/** The input specs of the groups of A anchors and M columns. */
export function groupInputs(rows: number, columns: number): InputSpec[] {
  return [
    { name: rowGroups, shape: [rows], dtype: 'int32' },
    { name: columnGroups, shape: [columns], dtype: 'int32' },
  ];
}

/** The group of each picture by its sample id; pictures without a group (-1) are left out. */
export function groupsByPicture(
  sampleIds: Uint32Array,
  groups: ArrayLike<number>,
): ReadonlyMap<number, number> {
  const entries = Array.from(sampleIds, (id, index) => [id, groups[index] ?? -1] as const);
  return new Map(entries.filter(([, group]) => group >= 0));
}

/** What feeds `groupInputs` with the groups of a step's pictures. */
export function groupFeeds(
  groupOf: ReadonlyMap<number, number>,
  { rowIds, columnIds }: Pick<SourceFeeds, 'rowIds' | 'columnIds'>,
): Record<string, Int32Array> {
  const groupsOf = (ids: Uint32Array, none: number): Int32Array =>
    Int32Array.from(ids, (id) => groupOf.get(id) ?? none);
  return {
    [rowGroups]: groupsOf(rowIds, noGroup.row),
    [columnGroups]: groupsOf(columnIds, noGroup.column),
  };
}
