import { requiredNumbers, requiredScalar } from './objective.ts';
import type { Objective } from './objective.ts';
import { reweightedLoss } from './reweighted.ts';

/** HCL (Robinson et al. 2021): similar negatives weighed up by β, same-class ones corrected for. */
export const hard: Objective = {
  scalarNames: ['temperature', 'tauPlus', 'beta'],
  scalars: (settings) => requiredNumbers(settings, ['temperature', 'tauPlus', 'beta']),
  loss: (z1, z2, scalars) =>
    reweightedLoss(
      z1,
      z2,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
      requiredScalar(scalars, 'beta'),
    ),
};
