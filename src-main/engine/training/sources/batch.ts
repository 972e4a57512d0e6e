import * as tf from '@tensorflow/tfjs';
import { batchCandidates } from './batch-candidates.ts';
import { noPicture } from './training-source.ts';
import type { TrainingSource } from './training-source.ts';

/**
 * The other pictures of the batch (SimCLR): both views are anchors, nothing is carried between
 * steps.
 */
export function batchSource(batch: number): TrainingSource {
  const positiveColumns = Int32Array.from(
    { length: 2 * batch },
    (_, row) => (row + batch) % (2 * batch),
  );
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
        const own = positives.map((id, index) => (id === ids[index] ? id : noPicture));
        const anchorIds = Uint32Array.from([...ids, ...own]);
        return { feeds: {}, rowIds, columnIds: rowIds, anchorIds, positiveColumns };
      },
      state: () => ({}),
    }),
  };
}
