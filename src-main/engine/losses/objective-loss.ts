import type { ObjectiveParts, SelectionName } from '../../contract/objectives/parts.ts';
import { binaryNceOfNoise } from './binary-nce.ts';
import { debiased, hard } from './debiased-and-hard.ts';
import { gaussian } from './gaussian-weights.ts';
import { globalContrastive } from './global-contrastive.ts';
import { infoNceOver } from './info-nce.ts';
import type { Loss } from './loss.ts';
import { pairwiseSigmoidOver } from './pairwise-sigmoid.ts';
import { ball, cave, ring } from './ring.ts';
import type { Selection } from './selection.ts';
import { vicreg } from './vicreg.ts';

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
  gaussian,
  ring,
  ball,
  cave,
} as const satisfies Partial<Record<SelectionName, Selection>>;

/**
 * The loss of an objective. Mixing and cancellation have changed the candidates before it, so for
 * them all negatives count here.
 */
export function objectiveLoss({ selection, loss }: Omit<ObjectiveParts, 'source'>): Loss {
  const known: Partial<Record<SelectionName, Selection>> = selections;
  const selected = known[selection] ?? all;
  switch (loss) {
    case 'info-nce':
      return infoNceOver(selected);
    case 'supcon':
      // Its several positives are marked among the candidates (`withKnownColumns`).
      return infoNceOver(all);
    case 'decoupled':
      return infoNceOver(selected, true);
    case 'sigmoid':
      return pairwiseSigmoidOver(selected);
    case 'global':
      return globalContrastive;
    case 'vicreg':
      return vicreg;
    case 'binary-nce':
      return binaryNceOfNoise;
  }
}
