import type { EncoderPlan } from '../networks/trainable-encoder.ts';
import { elementCount, flatLength } from '../networks/weights.ts';
import { decodeCheckpoint } from './checkpoint-format.ts';
import type { CheckpointTensor } from './checkpoint-format.ts';

/**
 * An encoder's trainable weights and its running statistics, each as one flat array in the order of
 * its specs.
 */
export interface FlatWeights {
  readonly weights: Float32Array;
  readonly statistics: Float32Array;
}

/** An encoder's weights and running statistics by their names, in the order of its specs. */
export function namedWeights(encoder: EncoderPlan, flat: FlatWeights): CheckpointTensor[] {
  const offset = { trainable: 0, statistic: 0 };
  return encoder.specs.map(({ name, shape, kind }) => {
    const source = kind === 'trainable' ? flat.weights : flat.statistics;
    const start = offset[kind];
    offset[kind] += elementCount(shape);
    return { name, shape, values: source.subarray(start, offset[kind]) };
  });
}

/**
 * An encoder's flat weights from a checkpoint's file of named weights.
 * @throws Error if a weight is missing
 */
export function decodeWeights(encoder: EncoderPlan, bytes: Uint8Array): FlatWeights {
  const byName = new Map(decodeCheckpoint(bytes).tensors.map((tensor) => [tensor.name, tensor]));
  const flat = {
    trainable: new Float32Array(flatLength(encoder.specs, 'trainable')),
    statistic: new Float32Array(flatLength(encoder.specs, 'statistic')),
  };
  const offset = { trainable: 0, statistic: 0 };
  for (const { name, kind } of encoder.specs) {
    const tensor = byName.get(name);
    if (!tensor) throw new Error(`A checkpoint of ${encoder.name} lacks the weight ${name}.`);
    flat[kind].set(tensor.values, offset[kind]);
    offset[kind] += tensor.values.length;
  }
  return { weights: flat.trainable, statistics: flat.statistic };
}
