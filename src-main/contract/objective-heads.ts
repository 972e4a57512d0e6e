import { beginsTrained } from './encoder-kinds.ts';
import type { ProjectionHead } from './projection-heads.ts';

/** The head of an objective's paper; other objectives have that of SimCLR. */
const headOfObjective: Readonly<Record<string, ProjectionHead>> = {
  debiased: 'mlp-norm',
  hard: 'mlp-norm',
  adnce: 'mlp-norm',
  // Its expander ends in a linear layer: a last batch norm would fix the variance that it learns.
  vicreg: 'mlp-norm',
  moco: 'linear',
  ir: 'linear',
  cmc: 'linear',
  'cmc-nce': 'linear',
  'cmc-ring': 'linear',
  fnc: 'mlp-3',
};

/** What the default of a training's head depends on. */
interface HeadedTraining {
  readonly objective: string;
  readonly encoder: string;
}

/**
 * The head that a training has where none is chosen: that of its objective's paper. Where the head is all
 * that is trained, it is that of DCL and HCL. After an adapter and a tuned network there is none: a head
 * would take up what is learnt, and h would stay (docs/recipes.md).
 */
export function defaultHead({ objective, encoder }: HeadedTraining): ProjectionHead {
  if (encoder === 'head') return 'mlp-norm';
  if (beginsTrained(encoder)) return 'none';
  return headOfObjective[objective] ?? 'mlp';
}
