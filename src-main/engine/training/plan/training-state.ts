import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { startValues } from '../../networks/weights.ts';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  hashWeights,
} from '../../checkpoints/checkpoint-format.ts';
import { decodeWeights, namedWeights } from '../../checkpoints/encoder-weights.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import { seedRandom } from '../../numeric/random.ts';
import type { StateArray } from '../sources/training-source.ts';
import type { TrainStepPlan } from '../step/train-step-plan.ts';

/** Everything that a training needs to go on after an epoch as if it had never stopped. */
export interface TrainingState {
  /**
   * The arrays that are carried from step to step, by name: `weights`, `statistics`, the optimiser's
   * slots, and those of the source and the schedule.
   */
  readonly arrays: Readonly<Record<string, StateArray>>;
  /** Epochs and steps done. */
  readonly epoch: number;
  readonly step: number;
  /** Time spent so far, in seconds. */
  readonly seconds: number;
  /** The state of the random numbers. */
  readonly random: readonly number[];
  /** The pictures that this run trains on, so that a resumed run sees no others. */
  readonly sampleIds: Uint32Array;
}

/**
 * An array of the state by its name.
 * @throws Error if it is missing
 */
export function stateArray(state: Pick<TrainingState, 'arrays'>, name: string): StateArray {
  const array = state.arrays[name];
  if (!array) throw new Error(`This training's state has no ${name}.`);
  return array;
}

/** The encoder's weights and running statistics in a state. */
export function flatWeights(state: Pick<TrainingState, 'arrays'>): FlatWeights {
  const [weights, statistics] = [stateArray(state, 'weights'), stateArray(state, 'statistics')];
  if (weights instanceof Float32Array && statistics instanceof Float32Array) {
    return { weights, statistics };
  }
  throw new Error('Weights and statistics are float32.');
}

/** The state before the first step; `fillStatistics` may write those computed from the pictures. */
export function startTraining(
  { encoder, optimiser, source }: Pick<TrainStepPlan, 'encoder' | 'optimiser' | 'source'>,
  seed: number,
  sampleIds: Uint32Array,
  fillStatistics: (statistics: Float32Array) => void = () => undefined,
): TrainingState {
  const random = seedRandom(seed);
  const weights = startValues(encoder.specs, 'trainable', random);
  const statistics = startValues(encoder.specs, 'statistic', random);
  fillStatistics(statistics);
  const slots = optimiser.slotNames.map((name) => [name, new Float32Array(weights.length)]);
  return {
    arrays: {
      weights,
      statistics,
      ...(Object.fromEntries(slots) as Record<string, StateArray>),
      ...source.start({ weights, statistics, sampleIds, random }),
    },
    epoch: 0,
    step: 0,
    seconds: 0,
    random: random.state(),
    sampleIds,
  };
}

/** A checkpoint's two files and the hash of its weights. */
interface EncodedCheckpoint {
  readonly weightsHash: string;
  readonly weights: Uint8Array;
  readonly training: Uint8Array;
}

/** The state as bytes: the named weights in one file, everything else in another. */
export function encodeState(encoder: EncoderPlan, state: TrainingState): EncodedCheckpoint {
  const tensors = namedWeights(encoder, flatWeights(state));
  const { epoch, step, seconds, random, sampleIds } = state;
  const besides = Object.entries({ ...state.arrays, sampleIds }).filter(
    ([name]) => name !== 'weights' && name !== 'statistics',
  );
  return {
    weightsHash: hashWeights(tensors),
    weights: encodeCheckpoint({ tensors, metadata: { encoder: encoder.name } }),
    training: encodeCheckpoint({
      tensors: besides.map(([name, values]) => ({ name, shape: [values.length], values })),
      metadata: { state: JSON.stringify({ epoch, step, seconds, random }) },
    }),
  };
}

/** The state of two files that `encodeState` made. */
export function decodeState(
  encoder: EncoderPlan,
  files: { readonly weights: Uint8Array; readonly training: Uint8Array },
): TrainingState {
  const { tensors, metadata } = decodeCheckpoint(files.training);
  const carried = Object.fromEntries(tensors.map(({ name, values }) => [name, values]));
  const { sampleIds, ...besides } = carried;
  if (!(sampleIds instanceof Uint32Array)) throw new Error('A checkpoint lacks its pictures.');
  const counters = JSON.parse(metadata['state'] ?? '') as Pick<
    TrainingState,
    'epoch' | 'step' | 'seconds' | 'random'
  >;
  const arrays = { ...decodeWeights(encoder, files.weights), ...besides };
  return { arrays, ...counters, sampleIds };
}
