import type * as tf from '@tensorflow/tfjs';
import { cancelledCandidates } from '../../losses/cancellation.ts';
import type { TrainingSource } from './training-source.ts';

/** The settings of a batch with false negative cancellation; see `CancellationRule`. */
export interface CancellingPlan {
  readonly batch: number;
  /** S, views of each picture in addition to its two. */
  readonly supportViews: number;
  readonly topK: number;
  readonly threshold: number;
  readonly mode: 'attraction' | 'elimination';
}

/**
 * The batch with its false negatives cancelled (FNC, Huynh et al. 2022): 2 + S views of each picture
 * are encoded, and all of them are anchors. A false negative may be found by any of the views.
 */
export function cancellingBatchSource(plan: CancellingPlan): TrainingSource {
  const { batch, supportViews, topK, mode } = plan;
  const viewCount = 2 + supportViews;
  const threshold = 'cancellation.threshold';
  return {
    viewsPerPicture: viewCount,
    anchors: viewCount * batch,
    columns: viewCount * batch,
    carried: [],
    fed: [{ name: threshold, shape: [], dtype: 'float' }],
    start: () => ({}),
    build: ({ views, input }) => ({
      trained: views,
      candidates: (z) => {
        const rule = { topK, mode, threshold: input(threshold) as tf.Scalar };
        return cancelledCandidates(z, viewCount, rule);
      },
      next: () => ({}),
    }),
    host: () => ({
      step: ({ batch: ids }) => {
        const rowIds = Uint32Array.from(Array.from({ length: viewCount }, () => [...ids]).flat());
        const feeds = { [threshold]: Float32Array.of(plan.threshold) };
        return { feeds, rowIds, columnIds: rowIds };
      },
      state: () => ({}),
    }),
  };
}
