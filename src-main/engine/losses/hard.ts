import { reweightedLoss } from './reweighted.ts';
import { requiredNumbers, requiredScalar } from './selection.ts';
import type { Selection } from './selection.ts';

/** HCL (Robinson et al. 2021): similar negatives weighed up by β, same-class ones corrected for. */
export const hard: Selection = {
  scalarNames: ['temperature', 'tauPlus', 'beta'],
  scalars: (settings) => requiredNumbers(settings, ['temperature', 'tauPlus', 'beta']),
  loss: (candidates, scalars) =>
    reweightedLoss(
      candidates,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
      requiredScalar(scalars, 'beta'),
    ),
};
