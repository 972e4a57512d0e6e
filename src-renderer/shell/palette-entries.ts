import type { AppState } from '../app/app-state.svelte.ts';
import { pageNames, pageTitles } from '../../src-main/contract/pages.ts';
import { actions } from './palette-actions.ts';

/** Something that the command palette offers. */
export interface PaletteEntry {
  readonly kind: 'page' | 'action' | 'pin' | 'run' | 'label' | 'split' | 'picture';
  readonly name: string;
  /** The picture to show beside it. */
  readonly picture?: number;
  run(): void;
}

const picturesAtMost = 6;

/** Everything whose name holds every word of the query: pages and actions first, pictures last. */
export function paletteEntries(app: AppState, query: string): PaletteEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const named = [
    ...pages(app),
    ...doable(app),
    ...pins(app),
    ...runs(app),
    ...labels(app),
    ...splits(app),
  ];
  const found = named.filter(({ kind, name }) => {
    const text = `${kind} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return words.length === 0 ? found : [...found, ...pictures(app, query)];
}

function pages(app: AppState): PaletteEntry[] {
  return pageNames.map((page) => ({
    kind: 'page',
    name: pageTitles[page],
    run: () => app.pages.go(page),
  }));
}

function doable(app: AppState): PaletteEntry[] {
  return actions(app).map(({ name, run }) => ({ kind: 'action', name, run }));
}

function pins(app: AppState): PaletteEntry[] {
  const { pictures: all } = app.library;
  return app.pins.hashes.flatMap((hash) => {
    const row = all.columns.hashes.indexOf(hash);
    return row < 0 ? [] : [pictureEntry(app, row, 'pin')];
  });
}

function runs(app: AppState): PaletteEntry[] {
  return app.runs.list.toReversed().map(({ run, name }) => ({
    kind: 'run',
    name,
    run: () => {
      app.pages.go('explore');
      void app.chooseRun(run);
    },
  }));
}

function labels(app: AppState): PaletteEntry[] {
  return app.library.pictures.columns.labels.map((label) => ({
    kind: 'label',
    name: label,
    run: () => {
      app.pages.go('explore');
      app.focus.toggleLabel(label);
    },
  }));
}

function splits(app: AppState): PaletteEntry[] {
  return app.library.pictures.columns.splits.map((split) => ({
    kind: 'split',
    name: split,
    run: () => {
      app.pages.go('explore');
      app.focus.toggleSplit(split);
    },
  }));
}

function pictures(app: AppState, query: string): PaletteEntry[] {
  const rows = app.library.pictures.search(query, picturesAtMost);
  return rows.map((row) => pictureEntry(app, row, 'picture'));
}

/** Makes the picture of a row the anchor. */
function pictureEntry(app: AppState, row: number, kind: 'pin' | 'picture'): PaletteEntry {
  const { pictures: all } = app.library;
  const id = all.idAt(row);
  const run = (): void => {
    app.pages.go('explore');
    void app.chooseAnchor(id);
  };
  return { kind, name: all.pathAt(row), picture: id, run };
}
