import type { AppState } from '../state/app-state.svelte.ts';
import type { Colouring } from '../state/map-look.svelte.ts';
import { placeNames, placeTitles } from '../state/places.svelte.ts';
import { numberWords } from '../state/picture-numbers.svelte.ts';

/** Something that the command palette offers. */
export interface PaletteEntry {
  readonly kind: 'place' | 'action' | 'run' | 'label' | 'picture';
  readonly name: string;
  /** The picture to show beside it. */
  readonly picture?: number;
  run(): void;
}

const picturesAtMost = 6;

/** Everything whose name holds every word of the query: places and actions first, pictures last. */
export function paletteEntries(app: AppState, query: string): PaletteEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const named = [...places(app), ...actions(app), ...runs(app), ...labels(app)];
  const found = named.filter(({ kind, name }) => {
    const text = `${kind} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return words.length === 0 ? found : [...found, ...pictures(app, query)];
}

function places(app: AppState): PaletteEntry[] {
  return placeNames.map((place) => ({
    kind: 'place',
    name: placeTitles[place],
    run: () => app.places.go(place),
  }));
}

function actions(app: AppState): PaletteEntry[] {
  const action = (name: string, run: () => void): PaletteEntry => ({ kind: 'action', name, run });
  return [
    action('Show the keyboard shortcuts', () => (app.places.isSheetOpen = true)),
    action('Export: embeddings, map, bins, ledger, verdicts, runs, encoder, for viewers', () => {
      app.places.exporting = {};
    }),
    action('Export mined hard negatives for sentence-transformers', () => {
      app.places.exporting = { what: 'mined' };
    }),
    action('Import embeddings that were computed elsewhere', () => {
      app.places.isImporting = true;
    }),
    action('Open another folder', () => (app.places.isChoosingFolder = true)),
    ...(app.undoHistory.toUndo === null
      ? []
      : [action(`Undo: ${app.undoHistory.toUndo}`, () => void app.undo())]),
    ...(app.undoHistory.toRedo === null
      ? []
      : [action(`Redo: ${app.undoHistory.toRedo}`, () => void app.redo())]),
    action('Explore: show the pictures as a list', () => {
      app.explore.isList = true;
      app.places.go('explore');
    }),
    action('Explore: show the pictures as a map', () => {
      app.explore.isList = false;
      app.places.go('explore');
    }),
    action('Clear the selection and all filters', () => app.focus.clear()),
    ...(['light', 'dark', 'system'] as const).map((theme) =>
      action(`Theme: ${theme}`, () => app.theme.choose(theme)),
    ),
    ...(['bin', 'label', 'verdict'] as const).map((colouring) =>
      action(`Colour the map by ${colouring}`, () => colourMap(app, colouring)),
    ),
    ...app.numbers.columns.map(({ name }) =>
      action(`Colour the map by ${numberWords[name].name}`, () => colourMap(app, name)),
    ),
    ...(app.jobs.current ? [cancelJob(app, app.jobs.current)] : []),
  ];
}

function colourMap(app: AppState, colouring: Colouring): void {
  app.mapLook.wish = colouring;
  app.places.go('explore');
}

function cancelJob(app: AppState, { job, title }: { job: number; title: string }): PaletteEntry {
  const cancel = (): unknown => app.attempt(() => app.jobs.command('cancel', job));
  return { kind: 'action', name: `Cancel “${title}”`, run: () => void cancel() };
}

function runs(app: AppState): PaletteEntry[] {
  return app.runs.list.toReversed().map(({ run, name }) => ({
    kind: 'run',
    name,
    run: () => {
      app.places.go('explore');
      void app.chooseRun(run);
    },
  }));
}

function labels(app: AppState): PaletteEntry[] {
  return app.library.pictures.columns.labels.map((label) => ({
    kind: 'label',
    name: label,
    run: () => {
      app.places.go('explore');
      app.focus.toggleLabel(label);
    },
  }));
}

function pictures(app: AppState, query: string): PaletteEntry[] {
  const { pictures: all } = app.library;
  return all.search(query, picturesAtMost).map((row) => ({
    kind: 'picture',
    name: all.pathAt(row),
    picture: all.idAt(row),
    run: () => {
      app.places.go('explore');
      void app.chooseAnchor(all.idAt(row));
    },
  }));
}
