import type { LabelEdit } from '../../../src-main/contract/labels.ts';

/** The labels given by hand, by content hash: none, one or several. */
export type LabelsByHand = ReadonlyMap<string, readonly string[]>;

/** The labels by hand that a library holds. */
export function labelsByHandOf(edits: readonly LabelEdit[]): LabelsByHand {
  return new Map(edits.map(({ hash, labels }) => [hash, labels ?? []]));
}
