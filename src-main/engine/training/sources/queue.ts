import * as tf from '@tensorflow/tfjs';
import type { EncoderPlan } from '../../encoders/trainable-encoder.ts';
import { enqueued, queueCandidates } from '../../objectives/queue-source.ts';
import type { Selection } from '../../objectives/selection.ts';
import type { Random } from '../random.ts';
import type { StateArray } from '../training-state.ts';
import { keyEncoderInputs, momentumKeys } from './key-encoder.ts';
import { noPicture } from './training-source.ts';
import type { SourceHost, SourceInputs, SourceStep, TrainingSource } from './training-source.ts';

export interface QueuePlan {
  readonly encoder: EncoderPlan;
  readonly selection: Selection;
  /** Pictures per step. */
  readonly batch: number;
  /** K, a multiple of the batch. */
  readonly queueSize: number;
  /** m, 0 to 1. */
  readonly keyMomentum: number;
}

/**
 * A queue of keys (MoCo, He et al. 2020): the first views are the queries, the second ones go through
 * the key encoder, the negatives are the K keys before them. The queue begins as random unit rows, is
 * read before the new keys enter it, and its oldest keys make room for them.
 */
export function queueSource(plan: QueuePlan): TrainingSource {
  const { encoder, batch, queueSize } = plan;
  const width = encoder.head.outputs;
  return {
    viewsPerPicture: 2,
    anchors: batch,
    columns: queueSize,
    carried: [
      ...keyEncoderInputs(encoder),
      { name: 'queue', shape: [queueSize, width], dtype: 'float' },
    ],
    fed: [
      { name: 'keyMomentum', shape: [], dtype: 'float' },
      { name: 'queuePointer', shape: [1], dtype: 'int32' },
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
  { encoder, selection }: QueuePlan,
  { views, weights, scalars, input }: SourceInputs,
): SourceStep {
  const [queries, others] = tf.split(views, 2) as [tf.Tensor4D, tf.Tensor4D];
  const next = momentumKeys(encoder, others, weights, input('keyMomentum'), input);
  const { keys, keyWeights, keyStatistics } = next;
  const queue = input('queue') as tf.Tensor2D;
  return {
    trained: queries,
    loss: (z) => {
      const candidates = queueCandidates(z, keys, queue);
      return { output: selection.loss(candidates, scalars), candidates };
    },
    next: () => ({
      keyWeights,
      keyStatistics,
      queue: enqueued(queue, keys, input('queuePointer') as tf.Tensor1D),
    }),
  };
}

/** Knows whose keys are where in the queue. */
function queueHost(
  { batch, queueSize, keyMomentum }: QueuePlan,
  arrays: Readonly<Record<string, StateArray>>,
): SourceHost {
  const { queueIds } = arrays;
  if (!(queueIds instanceof Uint32Array)) throw new Error('The state has no ids of the queue.');
  const ids = queueIds.slice();
  return {
    step: ({ batch: rowIds, step }) => {
      const pointer = ((step - 1) * batch) % queueSize;
      const columnIds = ids.slice();
      ids.set(rowIds, pointer);
      const feeds = {
        keyMomentum: Float32Array.of(keyMomentum),
        queuePointer: Int32Array.of(pointer),
      };
      return { feeds, rowIds, columnIds };
    },
    kept: () => ({ queueIds: ids }),
  };
}

/** Rows of normal numbers, each divided by its length; row-major. */
function randomUnitRows(count: number, width: number, random: Random): Float32Array {
  const rows = Float32Array.from({ length: count * width }, () => random.normal());
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    const length = Math.hypot(...row);
    row.forEach((value, at) => (row[at] = value / length));
  }
  return rows;
}
