import type { LabelEdit } from '../../../src-main/contract/labels.ts';

/** The labels given by hand, by content hash: none, one or several. */
export type LabelsByHand = ReadonlyMap<string, readonly string[]>;

export const nothingByHand: LabelsByHand = new Map();

/** The labels that the edits of a library say. */
export function labelsByHand(edits: readonly LabelEdit[]): LabelsByHand {
  return new Map(edits.map(({ hash, labels }) => [hash, labels ?? []]));
}
