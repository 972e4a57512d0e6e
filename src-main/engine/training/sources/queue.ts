import * as tf from '@tensorflow/tfjs';
import { withoutOwnPicture } from '../../losses/left-out-negatives.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { enqueued, queueCandidates } from './queue-candidates.ts';
import { keyEncoderInputs, momentumKeys } from './key-encoder.ts';
import { shuffleFeeds, shuffleInputs } from './key-shuffle.ts';
import { mixingFeeds, mixingInputs, mixingSynthesis } from './queue-mixing.ts';
import type { Mixing } from './queue-mixing.ts';
import { randomUnitRows } from '../../numeric/random-unit-rows.ts';
import { noPicture } from './training-source.ts';
import type {
  SourceHost,
  SourceInputs,
  SourceStep,
  TrainingSource,
  StateArray,
} from './training-source.ts';

interface QueuePlan {
  readonly encoder: EncoderPlan;
  /** Pictures per step. */
  readonly batch: number;
  /** K, a multiple of the batch. */
  readonly queueSize: number;
  /** m, 0 to 1. */
  readonly keyMomentum: number;
  /** Into how many splits the batch is divided for batch norm; 1 for none. */
  readonly batchNormSplits: number;
  /** How negatives are mixed from the queue's hardest; null for no mixing. */
  readonly mixing: Mixing | null;
}

/**
 * A queue of keys (MoCo, He et al. 2020): the first views give the queries, the second views go
 * through the key encoder and give the positives, and the negatives are those of the K earlier keys in
 * the queue that are of other pictures. After the step the new keys replace the oldest. At the start
 * the queue is random unit rows.
 */
export function queueSource(plan: QueuePlan): TrainingSource {
  const { encoder, batch, queueSize, batchNormSplits, mixing } = plan;
  const width = encoder.head.outputs;
  return {
    viewsPerPicture: 2,
    anchors: batch,
    columns: mixing ? queueSize + 1 : queueSize,
    batchNormSplits,
    carried: [
      ...keyEncoderInputs(encoder),
      { name: 'queue', shape: [queueSize, width], dtype: 'float' },
    ],
    fed: [
      { name: 'keyMomentum', shape: [], dtype: 'float' },
      { name: 'queuePointer', shape: [1], dtype: 'int32' },
      { name: 'queryPictures', shape: [batch], dtype: 'int32' },
      { name: 'queuePictures', shape: [queueSize], dtype: 'int32' },
      ...shuffleInputs(batch, batchNormSplits),
      ...(mixing ? mixingInputs(mixing, batch) : []),
    ],
    start: ({ weights, statistics, random }) => ({
      keyWeights: weights.slice(),
      keyStatistics: statistics.slice(),
      queue: randomUnitRows(queueSize, width, random),
      queueIds: new Uint32Array(queueSize).fill(noPicture),
    }),
    build: (inputs) => buildQueueStep(plan, inputs),
    host: (arrays) => queueHost(plan, arrays),
  };
}

function buildQueueStep(
  { encoder, batchNormSplits, mixing }: QueuePlan,
  inputs: SourceInputs,
): SourceStep {
  const { views, weights, input } = inputs;
  const [queries, others] = tf.split(views, 2) as [tf.Tensor, tf.Tensor];
  const next = momentumKeys({ encoder, batchNormSplits }, others, weights, input);
  const { keys, keyWeights, keyStatistics } = next;
  const queue = input('queue') as tf.Tensor2D;
  const pictures = {
    rows: input('queryPictures') as tf.Tensor1D,
    columns: input('queuePictures') as tf.Tensor1D,
  };
  return {
    trained: queries,
    candidates: (z) => withoutOwnPicture(queueCandidates(z, keys, queue), pictures),
    ...(mixing && { synthesis: mixingSynthesis(mixing, queue, inputs) }),
    next: () => ({
      keyWeights,
      keyStatistics,
      queue: enqueued(queue, keys, input('queuePointer') as tf.Tensor1D),
    }),
  };
}

/** The host part: tracks the picture of each key in the queue. */
function queueHost(
  { batch, queueSize, keyMomentum, batchNormSplits, mixing }: QueuePlan,
  arrays: Readonly<Record<string, StateArray>>,
): SourceHost {
  const { queueIds } = arrays;
  if (!(queueIds instanceof Uint32Array)) throw new Error('The state has no ids of the queue.');
  const ids = queueIds.slice();
  return {
    step: ({ batch: rowIds, step, epoch, random }) => {
      const pointer = ((step - 1) * batch) % queueSize;
      const columnIds = Uint32Array.from(mixing ? [...ids, noPicture] : ids);
      const queuePictures = Int32Array.from(ids);
      ids.set(rowIds, pointer);
      const feeds = {
        keyMomentum: Float32Array.of(keyMomentum),
        queuePointer: Int32Array.of(pointer),
        queryPictures: Int32Array.from(rowIds),
        queuePictures,
        ...shuffleFeeds(batch, batchNormSplits, random),
        ...(mixing && mixingFeeds(mixing, batch, { epoch, random })),
      };
      return { feeds, rowIds, columnIds };
    },
    state: () => ({ queueIds: ids }),
  };
}
