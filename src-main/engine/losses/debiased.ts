import { reweightedLoss } from './reweighted.ts';
import { requiredNumbers, requiredScalar } from './selection.ts';
import type { Selection } from './selection.ts';

/** DCL (Chuang et al. 2020, with one positive): the hard selection with β = 0. */
export const debiased: Selection = {
  scalarNames: ['temperature', 'tauPlus'],
  scalars: (settings) => requiredNumbers(settings, ['temperature', 'tauPlus']),
  loss: (candidates, scalars) =>
    reweightedLoss(
      candidates,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
      undefined,
    ),
};
