import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { SourceFeeds } from '../sources/training-source.ts';

/** Inputs of a step: a label, by its slot, of each anchor's picture, [A], and of each column's, [M]. */
export function givenRows(slot: number): string {
  return `rows.givenLabel.${slot}`;
}
export function givenColumns(slot: number): string {
  return `columns.givenLabel.${slot}`;
}

/**
 * The training state's array with the labels that the training was given at its start, slot after slot,
 * -1 for none; [slots · pictures]. Without it no label is given.
 */
export const givenLabelsArray = 'givenLabels';

/** How many slots of labels a state's array has for so many pictures; at least 1. */
export function givenSlots(labels: ArrayLike<number> | undefined, pictures: number): number {
  return Math.max(1, (labels?.length ?? 0) / pictures);
}

/** The input specs of the given labels of A anchors and M columns. */
export function givenLabelInputs(rows: number, columns: number, slots: number): InputSpec[] {
  return Array.from({ length: slots }, (_, slot): InputSpec[] => [
    { name: givenRows(slot), shape: [rows], dtype: 'int32' },
    { name: givenColumns(slot), shape: [columns], dtype: 'int32' },
  ]).flat();
}

/** Gives a picture's label in a slot, -1 where it was given none. */
type GivenLabelOf = (sampleId: number, slot: number) => number;

/** The labels of a state's array, of pictures with these sample ids. */
export function givenLabelOf(
  sampleIds: Uint32Array,
  labels: ArrayLike<number> | undefined,
): GivenLabelOf {
  const indexOf = new Map(Array.from(sampleIds, (id, index) => [id, index]));
  return (id, slot) => {
    const index = indexOf.get(id);
    return index === undefined ? -1 : (labels?.[slot * sampleIds.length + index] ?? -1);
  };
}

/** What feeds `givenLabelInputs` with the labels of a step's pictures. */
export function givenLabelFeeds(
  labelOf: GivenLabelOf,
  slots: number,
  { rowIds, columnIds }: Pick<SourceFeeds, 'rowIds' | 'columnIds'>,
): Record<string, Int32Array> {
  const feeds: Record<string, Int32Array> = {};
  for (let slot = 0; slot < slots; slot += 1) {
    feeds[givenRows(slot)] = Int32Array.from(rowIds, (id) => labelOf(id, slot));
    feeds[givenColumns(slot)] = Int32Array.from(columnIds, (id) => labelOf(id, slot));
  }
  return feeds;
}
