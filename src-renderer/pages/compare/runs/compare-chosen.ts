import type { AppState } from '../../../app/app-state.svelte.ts';
import { startComparing } from '../../../app/actions/compare-runs.ts';

/**
 * Puts the chosen rows side by side, the oldest on the left; what was not compared before is
 * compared.
 */
export async function compareChosen(app: AppState): Promise<void> {
  const [a, b, ...others] = app.runTable.chosenSides;
  if (!a || !b) return;
  app.comparison.show(a, b, ...others);
  await app.attempt(() => app.comparison.load());
  if (others.length > 0 || app.comparison.result === null) await startComparing(app);
}
