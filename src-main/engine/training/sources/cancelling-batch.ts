import type * as tf from '@tensorflow/tfjs';
import { attraction } from '../../losses/attraction.ts';
import { cancelledCandidates } from '../../losses/cancelled-candidates.ts';
import type { TrainingSource } from './training-source.ts';

export interface CancellingPlan {
  readonly batch: number;
  /** S, views of each picture besides its two. */
  readonly supportViews: number;
  readonly topK: number;
  readonly threshold: number;
  readonly mode: 'attraction' | 'elimination';
}

/**
 * The batch with its false negatives cancelled (FNC, Huynh et al. 2022): 2 + S views of each picture
 * are encoded, all of them are anchors, and any of them may betray a false negative.
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
    build: ({ views, scalars, input }) => ({
      trained: views,
      loss: (z) => {
        const rule = { topK, mode, threshold: input(threshold) as tf.Scalar };
        const candidates = cancelledCandidates(z, viewCount, rule);
        return { output: attraction.loss(candidates, scalars), candidates };
      },
      next: () => ({}),
    }),
    host: () => ({
      step: ({ batch: ids }) => {
        const rowIds = Uint32Array.from(Array.from({ length: viewCount }, () => [...ids]).flat());
        const feeds = { [threshold]: Float32Array.of(plan.threshold) };
        return { feeds, rowIds, columnIds: rowIds };
      },
      kept: () => ({}),
    }),
  };
}
