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
    const isSame = tensor?.shape.join() === spec.shape.join();
    if (!isSame || !(tensor?.values instanceof Float32Array)) return spec;
    return { ...spec, start: { kind: 'given', values: tensor.values } };
  };
  return { ...plan, specs: plan.specs.map(given) };
}
