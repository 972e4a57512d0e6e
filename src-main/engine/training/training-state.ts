import type { EncoderPlan } from '../encoders/trainable-encoder.ts';
import { elementCount, flatLength, startValues } from '../encoders/weights.ts';
import type { CheckpointTensor } from './checkpoint-format.ts';
import { decodeCheckpoint, encodeCheckpoint, hashWeights } from './checkpoint-format.ts';
import { seedRandom } from './random.ts';

/** Weights of an encoder as the programs take them: the trainable ones and the running statistics, each end to end. */
export interface FlatWeights {
  readonly weights: Float32Array;
  readonly statistics: Float32Array;
}

/** All that a training needs to go on after an epoch as if it had never stopped. */
export interface TrainingState extends FlatWeights {
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Epochs and steps done. */
  readonly epoch: number;
  readonly step: number;
  /** Time spent so far. */
  readonly seconds: number;
  /** The state of the random numbers. */
  readonly random: readonly number[];
  /** The pictures that this run trains on, so that a resumed run sees no others. */
  readonly sampleIds: Uint32Array;
}

/** The state before the first step. */
export function startTraining(
  encoder: EncoderPlan,
  seed: number,
  sampleIds: Uint32Array,
): TrainingState {
  const random = seedRandom(seed);
  const weights = startValues(encoder.specs, 'trainable', random);
  return {
    weights,
    statistics: startValues(encoder.specs, 'statistic', random),
    firstMoment: new Float32Array(weights.length),
    secondMoment: new Float32Array(weights.length),
    epoch: 0,
    step: 0,
    seconds: 0,
    random: random.state(),
    sampleIds,
  };
}

/** A checkpoint's two files and the hash of its weights. */
export interface EncodedCheckpoint {
  readonly weightsHash: string;
  readonly weights: Uint8Array;
  readonly training: Uint8Array;
}

/** The state as bytes: the named weights in one file, all the rest in another. */
export function encodeState(encoder: EncoderPlan, state: TrainingState): EncodedCheckpoint {
  const tensors = namedWeights(encoder, state);
  const flat = (name: 'firstMoment' | 'secondMoment'): CheckpointTensor => ({
    name,
    shape: [state[name].length],
    values: state[name],
  });
  const { epoch, step, seconds, random, sampleIds } = state;
  return {
    weightsHash: hashWeights(tensors),
    weights: encodeCheckpoint({ tensors, metadata: { encoder: encoder.name } }),
    training: encodeCheckpoint({
      tensors: [
        flat('firstMoment'),
        flat('secondMoment'),
        { name: 'sampleIds', shape: [sampleIds.length], values: sampleIds },
      ],
      metadata: { state: JSON.stringify({ epoch, step, seconds, random }) },
    }),
  };
}

/** The inverse of `encodeState`. */
export function decodeState(
  encoder: EncoderPlan,
  files: { readonly weights: Uint8Array; readonly training: Uint8Array },
): TrainingState {
  const { tensors, metadata } = decodeCheckpoint(files.training);
  const values = (name: string) => tensors.find((tensor) => tensor.name === name)?.values;
  const [firstMoment, secondMoment] = [values('firstMoment'), values('secondMoment')];
  const sampleIds = values('sampleIds');
  if (
    !(firstMoment instanceof Float32Array) ||
    !(secondMoment instanceof Float32Array) ||
    !(sampleIds instanceof Uint32Array)
  ) {
    throw new Error('A checkpoint lacks its optimiser slots.');
  }
  const counters = JSON.parse(metadata['state'] ?? '') as Pick<
    TrainingState,
    'epoch' | 'step' | 'seconds' | 'random'
  >;
  return {
    ...decodeWeights(encoder, files.weights),
    ...counters,
    firstMoment,
    secondMoment,
    sampleIds,
  };
}

/** Only the weights of a checkpoint: what embedding needs. */
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

function namedWeights(encoder: EncoderPlan, flat: FlatWeights): CheckpointTensor[] {
  const offset = { trainable: 0, statistic: 0 };
  return encoder.specs.map(({ name, shape, kind }) => {
    const source = kind === 'trainable' ? flat.weights : flat.statistics;
    const start = offset[kind];
    offset[kind] += elementCount(shape);
    return { name, shape, values: source.subarray(start, offset[kind]) };
  });
}
