import * as tf from '@tensorflow/tfjs';
import { batchCandidates } from './batch-candidates.ts';
import type { TrainingSource } from './training-source.ts';

/**
 * The other pictures of the batch (SimCLR): both views are anchors, nothing is carried between
 * steps.
 */
export function batchSource(batch: number): TrainingSource {
  return {
    viewsPerPicture: 2,
    anchors: 2 * batch,
    columns: 2 * batch,
    comparesOwnRows: true,
    carried: [],
    fed: [],
    start: () => ({}),
    build: ({ views }) => ({
      trained: views,
      candidates: (z) => batchCandidates(...(tf.split(z, 2) as [tf.Tensor2D, tf.Tensor2D])),
      next: () => ({}),
    }),
    host: () => ({
      step: ({ batch: ids, positives = ids }) => {
        const rowIds = Uint32Array.from([...ids, ...positives]);
        return { feeds: {}, rowIds, columnIds: rowIds };
      },
      state: () => ({}),
    }),
  };
}
