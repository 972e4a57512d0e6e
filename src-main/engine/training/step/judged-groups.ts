import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { SourceFeeds } from '../sources/training-source.ts';
import { stateArray } from '../training-state.ts';
import type { TrainingState } from '../training-state.ts';

/** Inputs that carry the groups of pictures judged the same: of A anchors and of M columns. */
export const rowGroups = 'rows.group';
export const columnGroups = 'columns.group';

/** The state's array of the group of each of its pictures, -1 for none; as verdicts were at the start. */
export const verdictGroupsArray = 'verdictGroups';

/** Pictures without a group are not of one group with each other, nor with an older key of their own. */
const noGroup = { row: -1, column: -2 };

export function groupInputs(rows: number, columns: number): InputSpec[] {
  return [
    { name: rowGroups, shape: [rows], dtype: 'int32' },
    { name: columnGroups, shape: [columns], dtype: 'int32' },
  ];
}

/** What feeds the groups of a step's pictures. */
export function judgedGroups(state: TrainingState) {
  const byPicture = (): ReadonlyMap<number, number> => {
    const groups = stateArray(state, verdictGroupsArray);
    return new Map(Array.from(state.sampleIds, (id, place) => [id, groups[place] ?? -1]));
  };
  let known: ReadonlyMap<number, number> | null = null;
  return {
    feeds: ({ rowIds, columnIds }: Pick<SourceFeeds, 'rowIds' | 'columnIds'>) => {
      known ??= byPicture();
      const groupOf = known;
      const groupsOf = (ids: Uint32Array, none: number): Int32Array =>
        Int32Array.from(ids, (id) => {
          const group = groupOf.get(id) ?? -1;
          return group < 0 ? none : group;
        });
      return {
        [rowGroups]: groupsOf(rowIds, noGroup.row),
        [columnGroups]: groupsOf(columnIds, noGroup.column),
      };
    },
  };
}
