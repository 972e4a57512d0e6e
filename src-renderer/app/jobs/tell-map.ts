import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Pages } from '../window/pages.svelte.ts';

interface MapWindow {
  readonly runs: Runs;
  readonly pages: Pages;
  readonly notices: Notices;
  chooseRun(run: number): Promise<void>;
  explainAnchor(): Promise<void>;
}

/** Shows a run's new map, where the window may switch to it; elsewhere says so, with a button. */
export async function tellMap(
  app: MapWindow,
  { run, name }: RunSummary,
  maySwitch: boolean,
): Promise<void> {
  const ready = `The map of “${name}” is ready.`;
  const isCurrent = app.runs.currentNumber === run;
  if (!isCurrent && !maySwitch) {
    const show = (): void => {
      app.pages.go('explore');
      void app.chooseRun(run);
    };
    app.notices.show(ready, { name: 'Show it', run: show });
    return;
  }
  if (!isCurrent) await app.runs.choose(run);
  await app.explainAnchor();
  app.notices.show(ready);
}
