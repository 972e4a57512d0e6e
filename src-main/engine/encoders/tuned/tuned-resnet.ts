import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { layerRates } from '../../networks/tuned-network.ts';
import type { WeightSpec } from '../../networks/weights.ts';

/** The layer of a weight of a resnet; undefined for one of its projection head. */
function layerOf({ name }: WeightSpec): string | undefined {
  // "l." and "ab." are the sides of two networks, of which both have the layer.
  return /^(?:l\.|ab\.)?(stem|block\d+|layer\d+\.\d+)\./.exec(name)?.[1];
}

/** The layers of a resnet, from input to output. */
export function resnetLayers({ specs }: EncoderPlan): string[] {
  return [...new Set(specs.flatMap((spec) => layerOf(spec) ?? []))];
}

/**
 * A resnet whose layers from `first` on are trained further, each slower than the next one. Its batch norm
 * keeps the statistics that it has.
 */
export function tunedResnet(plan: EncoderPlan, first: string, layerDecay: number): EncoderPlan {
  const layers = resnetLayers(plan);
  const rates = layerRates(layers, layerDecay);
  const isFrozen = (layer: string): boolean => layers.indexOf(layer) < layers.indexOf(first);
  const specs = plan.specs.map((spec): WeightSpec => {
    const layer = layerOf(spec);
    if (layer === undefined || spec.kind === 'statistic') return spec;
    return isFrozen(layer)
      ? { ...spec, kind: 'statistic' }
      : { ...spec, rate: rates.get(layer) ?? 1 };
  });
  return { ...plan, specs, keepsStatistics: true };
}
