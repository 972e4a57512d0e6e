import type { CheckpointTensor } from '../../checkpoints/checkpoint-format.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { WeightSpec } from '../../networks/weights.ts';

/**
 * The plan whose weights begin with the given ones, as far as there are some of the same name and shape; the
 * others begin as in the plan.
 */
export function withGivenWeights(
  plan: EncoderPlan,
  tensors: readonly CheckpointTensor[],
): EncoderPlan {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const given = (spec: WeightSpec): WeightSpec => {
    const tensor = byName.get(spec.name);
    if (tensor?.shape.join() !== spec.shape.join()) return spec;
    const { values } = tensor;
    return values instanceof Float32Array ? { ...spec, start: { kind: 'given', values } } : spec;
  };
  return { ...plan, specs: plan.specs.map(given) };
}
