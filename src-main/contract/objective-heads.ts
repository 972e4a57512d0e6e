import { takesFeatures } from './head-training.ts';
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
 * that is trained, and before an adapter, it is that of DCL and HCL.
 */
export function defaultHead({ objective, encoder }: HeadedTraining): ProjectionHead {
  if (takesFeatures(encoder)) return 'mlp-norm';
  return headOfObjective[objective] ?? 'mlp';
}
