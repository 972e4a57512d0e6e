import type { LabelEdit } from '../../../src-main/contract/labels.ts';
import type { LabelsByHand } from '../library/labels-by-hand.ts';
import type { Pictures } from '../library/pictures.ts';

/**
 * What a person says of the labels of pictures: these labels `instead` of those that they have or
 * `besides` them, `none` at all, or those of their `folder` again.
 */
export type LabelChange =
  | { readonly kind: 'instead' | 'besides'; readonly labels: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'folder' };

interface Known {
  readonly pictures: Pictures;
  readonly labelsByHand: LabelsByHand;
}

/** The edits of a change of pictures, by id; without those that would leave a label by hand as it is. */
export function labelEdits(
  { pictures, labelsByHand }: Known,
  ids: Iterable<number>,
  change: LabelChange,
): LabelEdit[] {
  const edits: LabelEdit[] = [];
  for (const id of ids) {
    const row = pictures.rowOf(id);
    if (row < 0) continue;
    const hash = pictures.hashAt(row);
    const labels = labelsAfter(change, pictures.labelsAt(row));
    if (keyOf(labels) !== keyOf(labelsByHand.get(hash) ?? null)) edits.push({ hash, labels });
  }
  return edits;
}

function labelsAfter(change: LabelChange, before: readonly string[]): string[] | null {
  if (change.kind === 'folder') return null;
  if (change.kind === 'none') return [];
  const labels = change.kind === 'besides' ? [...before, ...change.labels] : change.labels;
  return [...new Set(labels)];
}

function keyOf(labels: readonly string[] | null): string {
  return labels === null ? '' : JSON.stringify([...labels].sort());
}

/** What a change did to so many pictures, in a sentence. */
export function changeSentence(change: LabelChange, pictures: string): string {
  if (change.kind === 'folder') return `${pictures} labelled as the folder says again.`;
  if (change.kind === 'none') return `${pictures} left without a label, by hand.`;
  return `${pictures} labelled “${change.labels.join('|')}” by hand.`;
}
