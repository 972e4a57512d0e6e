import type { ObjectiveParts, SelectionName } from '../../contract/objectives/parts.ts';
import { binaryNceOfNoise } from './binary-nce.ts';
import { debiased, hard } from './debiased-and-hard.ts';
import { infoNceOver } from './info-nce.ts';
import type { Loss } from './loss.ts';
import { ball, cave, ring } from './ring.ts';
import type { Selection } from './selection.ts';

/** Selects all negatives. */
const all: Selection = {
  scalarNames: [],
  scalars: () => ({}),
  select: (candidates) => candidates,
};

/** The selections that work on the similarities of the candidates alone. */
export const selections = {
  all,
  debiased,
  hard,
  ring,
  ball,
  cave,
} as const satisfies Partial<Record<SelectionName, Selection>>;

/**
 * The loss of an objective. Mixing and cancellation have changed the candidates before it, so for
 * them all negatives count here.
 */
export function objectiveLoss({ selection, loss }: Omit<ObjectiveParts, 'source'>): Loss {
  if (loss === 'binary-nce') return binaryNceOfNoise;
  const known: Partial<Record<SelectionName, Selection>> = selections;
  return infoNceOver(known[selection] ?? all);
}
