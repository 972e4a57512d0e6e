import type { AppState } from './app-state.svelte.ts';
import { EditWatch } from './edit-watch.ts';
import { readFilters, writeFilters } from './focus-snapshot.ts';

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Watches what the window's own controls change: filters and selection, pins, knobs. */
export function watchedEdits(app: AppState, now: () => number): { look(isLive: boolean): void }[] {
  const { undoHistory, focus, pins, explanation, explore } = app;
  return [
    new EditWatch(undoHistory, now, {
      name: (before, after) =>
        sameJson(before.filters, after.filters) ? 'the selection' : 'the filters',
      read: () => ({ filters: readFilters(focus), selection: focus.selection }),
      write: ({ filters, selection }) => {
        writeFilters(focus, filters);
        focus.selection = selection;
      },
      isSame: (a, b) => a.selection === b.selection && sameJson(a.filters, b.filters),
    }),
    new EditWatch(undoHistory, now, {
      name: () => 'the pins',
      read: () => pins.hashes,
      write: (hashes) => pins.set(hashes),
      isSame: sameJson,
    }),
    new EditWatch(undoHistory, now, {
      name: () => 'the knobs',
      read: () => ({ knobs: explanation.knobs, margins: explore.margins }),
      write: ({ knobs, margins }) => {
        explore.margins = margins;
        explanation.knobs = knobs;
        return app.explainAnchor();
      },
      isSame: sameJson,
    }),
  ];
}
