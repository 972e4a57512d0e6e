import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { SourceFeeds } from '../sources/training-source.ts';

/**
 * Inputs that carry the groups of pictures judged the same: of the anchors, [A], and of the
 * columns, [M].
 */
export const rowGroups = 'rows.group';
export const columnGroups = 'columns.group';

/**
 * The training state's array of the group of each of its pictures, -1 for none; as verdicts were at
 * the start.
 */
export const verdictGroupsArray = 'verdictGroups';

/** Pictures without a group are not of one group with each other, nor with an older key of their own. */
const noGroup = { row: -1, column: -2 };

export function groupInputs(rows: number, columns: number): InputSpec[] {
  return [
    { name: rowGroups, shape: [rows], dtype: 'int32' },
    { name: columnGroups, shape: [columns], dtype: 'int32' },
  ];
}

/** The group of each picture by its sample id; those without one (-1) are left out. */
export function groupsByPicture(
  sampleIds: Uint32Array,
  groups: ArrayLike<number>,
): ReadonlyMap<number, number> {
  const entries = Array.from(sampleIds, (id, index) => [id, groups[index] ?? -1] as const);
  return new Map(entries.filter(([, group]) => group >= 0));
}

/** What feeds the groups of a step's pictures. */
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
