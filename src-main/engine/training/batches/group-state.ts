import type { BatchSettings } from '../../../contract/batch-drawing.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { StateArray } from '../sources/training-source.ts';
import { connectedGroups, judgedSameAs } from '../step/judged-same.ts';

/** The state's array with the group by which a picture's batches are drawn, -1 for none; [pictures]. */
export const groupsArray = 'batchGroups';

interface GroupedFrom {
  readonly sampleIds: Uint32Array;
  readonly arrays: Readonly<Record<string, StateArray>>;
}

/**
 * The arrays of a starting state by which batches are drawn by group: the labels, or what was judged
 * the same, as they are now. `labelOf` gives the number of a picture's first label, -1 for none.
 * @throws EngineError bad-argument where no two pictures are of one group
 */
export function startGroups(
  { batches, groupBy }: BatchSettings,
  { sampleIds, arrays }: GroupedFrom,
  labelOf: (sampleId: number) => number,
): Readonly<Record<string, StateArray>> {
  if (batches !== 'group' || groupBy === 'neighbours') return {};
  const groups =
    groupBy === 'label'
      ? Int32Array.from(sampleIds, labelOf)
      : connectedGroups(sampleIds.length, judgedSameAs(sampleIds, arrays));
  const known = groups.filter((group) => group >= 0);
  if (new Set(known).size === known.length) {
    throw new EngineError(
      'bad-argument',
      groupBy === 'label'
        ? 'No two pictures of this training have one label, so its batches cannot be drawn by label; draw them at random, by proximity, or by neighbours.'
        : 'No two pictures of this training were judged the same, so its batches cannot be drawn by verdicts; judge pairs first, or draw them otherwise.',
    );
  }
  return { [groupsArray]: groups };
}
