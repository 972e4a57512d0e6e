import { noLabel } from './label-sets.ts';
import type { LabelMembers } from './label-sets.ts';

/** Whether two pictures share a label; `unknown` where one of them has none. */
export type LabelRelation = 'same' | 'different' | 'unknown';

/**
 * The relation of two labels, given by their numbers: the same where they are equal or, of pictures
 * with several labels, share one.
 */
export function labelRelation(label: number, other: number, members: LabelMembers): LabelRelation {
  if (label === noLabel || other === noLabel) return 'unknown';
  if (label === other) return 'same';
  const [own, others] = [members[label] ?? [], members[other] ?? []];
  // Of two single labels, none can be in the other; most pairs are of such.
  if (own.length < 2 && others.length < 2) return 'different';
  return own.some((one) => others.includes(one)) ? 'same' : 'different';
}
