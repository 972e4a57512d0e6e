import type { Optimisation } from '../../../contract/optimisation.ts';
import type { WeightSpec } from '../../networks/weights.ts';
import { adam } from './adam.ts';
import { lars } from './lars.ts';
import type { Optimiser } from './optimiser.ts';
import { sgd } from './sgd.ts';
import { weightSegments } from './weight-decay.ts';

/** The optimiser that was chosen, for weights of these specs. */
export function createOptimiser(chosen: Optimisation, specs: readonly WeightSpec[]): Optimiser {
  const segments = weightSegments(specs);
  const decay = { rate: chosen.weightDecay, excluding: chosen.decayExclusion ? segments : null };
  switch (chosen.optimiser) {
    case 'adam':
      return adam(decay);
    case 'sgd':
      return sgd(chosen, decay);
    case 'lars':
      return lars(chosen, decay, segments);
  }
}
