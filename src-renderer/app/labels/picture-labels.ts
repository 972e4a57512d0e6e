import type { LibraryState } from '../library/library.svelte.ts';

/** What a picture is labelled, whether by hand, and the split that it is in. */
interface PictureLabels {
  readonly labels: readonly string[];
  readonly isByHand: boolean;
  readonly split: string | null;
}

/** The labels and the split of a picture, by id, as they are shown. */
export function pictureLabels(
  { pictures, labelsByHand }: Pick<LibraryState, 'pictures' | 'labelsByHand'>,
  id: number,
): PictureLabels {
  const row = pictures.rowOf(id);
  return {
    labels: pictures.labelsAt(row),
    isByHand: labelsByHand.has(pictures.hashAt(row)),
    split: pictures.splitAt(row),
  };
}
