import { requiredNumbers, requiredScalar } from './objective.ts';
import type { Objective } from './objective.ts';
import { reweightedLoss } from './reweighted.ts';

/** DCL (Chuang et al. 2020, with one positive): the hard objective with β = 0. */
export const debiased: Objective = {
  scalarNames: ['temperature', 'tauPlus'],
  scalars: (settings) => requiredNumbers(settings, ['temperature', 'tauPlus']),
  loss: (z1, z2, scalars) =>
    reweightedLoss(
      z1,
      z2,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
      undefined,
    ),
};
