import type { ExplanationState } from '../anchor/explanation.svelte.ts';
import type { ExplorePageState } from '../anchor/explore-page.svelte.ts';
import type { Pins } from '../anchor/pins.svelte.ts';
import type { Focus } from '../filters/focus.svelte.ts';
import type { UndoHistory } from '../undo/undo-history.svelte.ts';
import { EditWatch } from '../undo/edit-watch.ts';
import { readFilters, writeFilters } from '../filters/filter-snapshot.ts';

/** The states whose changes can be taken back. */
export interface WatchedStates {
  readonly undoHistory: UndoHistory;
  readonly focus: Focus;
  readonly pins: Pins;
  readonly explanation: ExplanationState;
  readonly explore: ExplorePageState;
  explainAnchor(): Promise<void>;
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Watches what the window's own controls change: filters and selection, pins, knobs. */
export function watchedEdits(
  app: WatchedStates,
  now: () => number,
): { look(isLive: boolean): void }[] {
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
