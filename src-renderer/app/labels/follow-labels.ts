import type { ExplanationState } from '../anchor/explanation.svelte.ts';
import type { ComparisonState } from '../runs/comparison.svelte.ts';
import type { Review } from '../verdicts/review.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';

/** What was found by labels. */
interface Followers {
  readonly explanation: ExplanationState;
  readonly review: Review;
  readonly comparison: Pick<ComparisonState, 'loaded' | 'load'>;
  readonly notices: Pick<Notices, 'attempt'>;
}

/** Has everything read again that was found by labels which have changed since. */
export function followLabels({ explanation, review, comparison, notices }: Followers): void {
  explanation.isOutdated = true;
  if (review.given === null) review.shownQueue = null;
  if (comparison.loaded !== null) void notices.attempt(() => comparison.load());
}
