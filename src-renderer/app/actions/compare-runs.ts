import type { AppState } from '../app-state.svelte.ts';
import type { Side } from '../runs/comparison.svelte.ts';

/**
 * Measures the runs that stand side by side, each with each, and lays out the maps that are
 * missing.
 */
export async function startComparing(app: AppState): Promise<void> {
  const { sides, k, alignment } = app.comparison;
  if (sides.length < 2) return;
  const input = { runs: [...sides], k, alignment, maps: true };
  await app.attempt(() => app.jobs.start('compare', input));
}

/**
 * Puts more runs beside the two that are drawn large, and measures those that were not measured
 * before. Where the large two were not, the page offers to measure all together.
 */
export async function putBeside(app: AppState, others: readonly Side[]): Promise<void> {
  const { comparison } = app;
  comparison.others = others;
  await app.attempt(() => comparison.load());
  const isMissing = Object.values(comparison.more).includes(null);
  if (comparison.result !== null && isMissing) await startComparing(app);
}

/**
 * Puts two runs side by side and measures them; a comparison that was made before is shown at once.
 */
export async function compareRuns(app: AppState, a: Side, b: Side): Promise<void> {
  app.comparison.show(a, b);
  app.pages.go('compare');
  await startComparing(app);
}
