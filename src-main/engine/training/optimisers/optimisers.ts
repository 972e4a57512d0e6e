import type { Optimisation } from '../../../contract/optimisation.ts';
import type { WeightSpec } from '../../networks/weights.ts';
import { adam } from './adam.ts';
import { lars } from './lars.ts';
import { withLayerRates } from './layer-rates.ts';
import type { Optimiser } from './optimiser.ts';
import { sgd } from './sgd.ts';
import { weightSegments } from './weight-decay.ts';
import type { WeightDecay, WeightSegment } from './weight-decay.ts';

/** The optimiser that was chosen, for weights of these specs. */
export function createOptimiser(chosen: Optimisation, specs: readonly WeightSpec[]): Optimiser {
  const segments = weightSegments(specs);
  const decay = { rate: chosen.weightDecay, excluding: chosen.decayExclusion ? segments : null };
  return withLayerRates(optimiserOf(chosen, decay, segments), segments);
}

function optimiserOf(
  chosen: Optimisation,
  decay: WeightDecay,
  segments: readonly WeightSegment[],
): Optimiser {
  switch (chosen.optimiser) {
    case 'adam':
      return adam(decay);
    case 'sgd':
      return sgd(chosen, decay);
    case 'lars':
      return lars(chosen, decay, segments);
  }
}
