import * as tf from '@tensorflow/tfjs';
import { cancelledInMemory, memoryScores } from '../../losses/cancellation.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { withoutOwnPicture } from '../../losses/left-out-negatives.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { onlyWhere } from '../../losses/masks.ts';
import { cancellationFeeds, cancellationInputs, cancellationRule } from './cancelling.ts';
import type { Cancelling } from './cancelling.ts';
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
  /** How false negatives are found in the queue; null for no cancellation. */
  readonly cancelling: Cancelling | null;
}

/** 1 + S, the views of each picture that go through the key encoder. */
function keyViews({ cancelling }: QueuePlan): number {
  return 1 + (cancelling?.supportViews ?? 0);
}

/**
 * A queue of keys (MoCo, He et al. 2020): the first views give the queries, the second views go
 * through the key encoder and give the positives, and the negatives are those of the K earlier keys in
 * the queue that are of other pictures. After the step the new keys replace the oldest. At the start
 * the queue is random unit rows. With cancellation S further views of each picture go through the key
 * encoder and help to find false negatives; they are no positives, and do not enter the queue.
 */
export function queueSource(plan: QueuePlan): TrainingSource {
  const { encoder, batch, queueSize, batchNormSplits, mixing, cancelling } = plan;
  const width = encoder.head.outputs;
  return {
    viewsPerPicture: 1 + keyViews(plan),
    anchors: batch,
    columns: mixing ? queueSize + 1 : queueSize,
    ...(mixing && { hasSynthetic: true }),
    batchNormSplits,
    ...(cancelling && { appliesVerdicts: true }),
    carried: [
      ...keyEncoderInputs(encoder),
      { name: 'queue', shape: [queueSize, width], dtype: 'float' },
    ],
    fed: [
      { name: 'keyMomentum', shape: [], dtype: 'float' },
      { name: 'queuePointer', shape: [1], dtype: 'int32' },
      { name: 'queryPictures', shape: [batch], dtype: 'int32' },
      { name: 'queuePictures', shape: [queueSize], dtype: 'int32' },
      ...shuffleInputs(keyViews(plan) * batch, batchNormSplits),
      ...(mixing ? mixingInputs(mixing, batch) : []),
      ...(cancelling ? cancellationInputs(cancelling) : []),
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

function buildQueueStep(plan: QueuePlan, inputs: SourceInputs): SourceStep {
  const { encoder, batch, batchNormSplits, mixing, cancelling } = plan;
  const { views, weights, input, judged } = inputs;
  const [queries, others] = tf.split(views, [batch, keyViews(plan) * batch]) as [
    tf.Tensor,
    tf.Tensor,
  ];
  const next = momentumKeys({ encoder, batchNormSplits }, others, weights, input);
  const { keyWeights, keyStatistics } = next;
  const keys = tf.slice(next.keys, [0, 0], [batch, -1]);
  const queue = input('queue') as tf.Tensor2D;
  const pictures = {
    rows: input('queryPictures') as tf.Tensor1D,
    columns: input('queuePictures') as tf.Tensor1D,
  };
  const cancelled = (candidates: Candidates): Candidates => {
    if (!cancelling) return candidates;
    const scores = memoryScores(next.keys, keyViews(plan), queue);
    // The random rows with which the queue begins are no pictures, so none is a false negative.
    const isPicture = tf.notEqual(pictures.columns, noPicture);
    const rule = cancellationRule(cancelling, input);
    const known = onlyWhere(scores, isPicture);
    return cancelledInMemory(candidates, known, rule, judged?.() ?? null);
  };
  return {
    trained: queries,
    candidates: (z) => cancelled(withoutOwnPicture(queueCandidates(z, keys, queue), pictures)),
    ...(mixing && { synthesis: mixingSynthesis(mixing, queue, inputs) }),
    next: () => ({
      keyWeights,
      keyStatistics,
      queue: enqueued(queue, keys, input('queuePointer') as tf.Tensor1D),
    }),
  };
}

/** The host part: tracks the picture of each key in the queue. */
function queueHost(plan: QueuePlan, arrays: Readonly<Record<string, StateArray>>): SourceHost {
  const { batch, queueSize, keyMomentum, batchNormSplits, mixing, cancelling } = plan;
  const { queueIds } = arrays;
  if (!(queueIds instanceof Uint32Array)) throw new Error('The state has no ids of the queue.');
  const ids = queueIds.slice();
  return {
    step: ({ batch: rowIds, positives = rowIds, step, epoch, random }) => {
      const pointer = ((step - 1) * batch) % queueSize;
      const columnIds = Uint32Array.from(mixing ? [...ids, noPicture] : ids);
      const queuePictures = Int32Array.from(ids);
      // The keys are of the positives.
      ids.set(positives, pointer);
      const feeds = {
        keyMomentum: Float32Array.of(keyMomentum),
        queuePointer: Int32Array.of(pointer),
        queryPictures: Int32Array.from(rowIds),
        queuePictures,
        ...shuffleFeeds(keyViews(plan) * batch, batchNormSplits, random),
        ...(mixing && mixingFeeds(mixing, batch, { epoch, random })),
        ...(cancelling && cancellationFeeds(cancelling)),
      };
      return { feeds, rowIds, columnIds };
    },
    state: () => ({ queueIds: ids }),
  };
}
