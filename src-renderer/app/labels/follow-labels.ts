import type { AppState } from '../app-state.svelte.ts';

/** Has everything read again that was found by labels which have changed since. */
export function followLabels(app: AppState): void {
  const { explanation, review, comparison } = app;
  explanation.isOutdated = true;
  if (review.given === null) review.shownQueue = null;
  if (comparison.loaded !== null) void app.attempt(() => comparison.load());
}
