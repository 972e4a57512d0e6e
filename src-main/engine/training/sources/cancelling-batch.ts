import { cancelledCandidates } from '../../losses/cancellation.ts';
import { cancellationFeeds, cancellationInputs, cancellationRule } from './cancelling.ts';
import type { Cancelling } from './cancelling.ts';
import type { TrainingSource } from './training-source.ts';

/**
 * The batch with its false negatives cancelled (FNC, Huynh et al. 2022): 2 + S views of each picture
 * are encoded, and all of them are anchors. A false negative may be found by any of the views.
 */
export function cancellingBatchSource(batch: number, cancelling: Cancelling): TrainingSource {
  const viewCount = 2 + cancelling.supportViews;
  return {
    viewsPerPicture: viewCount,
    anchors: viewCount * batch,
    columns: viewCount * batch,
    appliesVerdicts: true,
    carried: [],
    fed: cancellationInputs(cancelling),
    start: () => ({}),
    build: ({ views, input, judged }) => ({
      trained: views,
      candidates: (z) => {
        const rule = cancellationRule(cancelling, input);
        return cancelledCandidates(z, viewCount, rule, judged?.() ?? null);
      },
      next: () => ({}),
    }),
    host: () => ({
      step: ({ batch: ids }) => {
        const rowIds = Uint32Array.from(Array.from({ length: viewCount }, () => [...ids]).flat());
        return { feeds: cancellationFeeds(cancelling), rowIds, columnIds: rowIds };
      },
      state: () => ({}),
    }),
  };
}
