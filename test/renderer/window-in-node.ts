import { vi } from 'vitest';
import type { Explanation } from '../../src-main/contract/negatives.ts';
import type { RunSummary } from '../../src-main/contract/runs.ts';
import type { Pictures } from '../../src-renderer/state/pictures.ts';
import { AppState } from '../../src-renderer/state/app-state.svelte.ts';
import { madeUpExplanation, madeUpPictures } from './made-up-explanation.ts';
import { madeUpRun } from './made-up-run.ts';
import { ScriptedEngine, type Answers } from './scripted-engine.ts';

/** An element as shortcuts look at it: what kind of control it is, by a selector that it answers to. */
export class PageElement {
  readonly isContentEditable: boolean = false;
  readonly #kind: string;

  constructor(kind = '') {
    this.#kind = kind;
  }

  /** Whether its kind is among those that a selector names. */
  matches(selector: string): boolean {
    return selector.split(', ').some((part) => part.split(':')[0] === this.#kind);
  }

  focus(): void {
    focused.push(this.#kind);
  }

  select(): void {
    focused.push(`text of ${this.#kind}`);
  }
}

/** What was focused, in turn. */
export const focused: string[] = [];

/** What is on the page: elements by id, and an open dialog. */
export const page = { isDialogOpen: false, byId: new Map<string, PageElement>() };

/** Stands in for what Node lacks of a browser and a window's state asks for; no page is drawn. */
export function stubBrowser(): void {
  page.isDialogOpen = false;
  page.byId.clear();
  focused.length = 0;
  vi.stubGlobal('HTMLElement', PageElement);
  vi.stubGlobal('HTMLInputElement', PageElement);
  vi.stubGlobal('document', {
    documentElement: { dataset: {} },
    querySelector: () => (page.isDialogOpen ? {} : null),
    getElementById: (id: string) => page.byId.get(id) ?? null,
  });
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => ' #808080' }));
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
  vi.stubGlobal('localStorage', { setItem: () => undefined, removeItem: () => undefined });
  vi.stubGlobal('history', { state: null, replaceState: () => undefined });
  vi.stubGlobal('location', new URL('http://127.0.0.1:4000/'));
  vi.stubGlobal('window', { innerWidth: 1440 });
}

/** Pictures 1 to 6 in `cats` and `dogs`, the last one without a label. */
export const pictures = madeUpPictures(
  [1, 'cats/anchor.png', 'cat'],
  [2, 'cats/two.png', 'cat'],
  [3, 'dogs/three.png', 'dog'],
  [4, 'dogs/four.png', 'dog'],
  [5, 'cats/ten.png', 'cat'],
  [6, 'odd.png'],
);

/** So many pictures `1.png`, `2.png` and so on. */
export function manyPictures(count: number): Pictures {
  const ids = Array.from({ length: count }, (_, row) => row + 1);
  return madeUpPictures(...ids.map((id) => [id, `${id}.png`] as const));
}

/** Picture 1 against 3, 2 and 4, the most similar first. */
export const explanation: Explanation = madeUpExplanation([
  { id: 3, bin: 'hard', similarity: 0.75, weight: 1, share: 0.5 },
  { id: 2, bin: 'false', similarity: 0.5, weight: 1, share: 0.25 },
  { id: 4, bin: 'easy', similarity: 0.25, weight: 1, share: 0.25 },
]);

export const runs: readonly RunSummary[] = [
  madeUpRun(1, {}, { name: 'pixels', kind: 'loaded', objective: null, encoder: 'pixels' }),
  madeUpRun(2, { temperature: 0.5 }, { name: 'hard' }),
];

const settings = {
  map: 'm',
  method: 'umap',
  metric: 'cosine',
  seed: 1,
  neighbours: 15,
  minDistance: 0.1,
} as const;

const answers: Answers = {
  'window.recall': () => [],
  'window.remember': () => ({}),
  'library.status': () => ({
    ...{ file: '/library.sqlite', name: 'pictures', images: 6, files: 6, duplicates: 0 },
    folders: [{ path: '/pictures', labels: 'folder', scannedAt: 1 }],
    labels: [
      { label: 'cat', count: 3 },
      { label: 'dog', count: 2 },
    ],
    ...{ skipped: 0, version: '1' },
  }),
  'library.recent': () => [],
  'library.samples': () => pictures.columns,
  'library.skips': () => [],
  'jobs.list': () => [],
  'devices.list': () => [],
  'runs.list': () => [...runs],
  'runs.map': () => ({ ...settings, ids: pictures.columns.ids, coordinates: new Float32Array(12) }),
  'runs.maps': () => [],
  'runs.embeddedEpochs': () => [],
  'runs.nearDuplicates': () => null,
  'verdicts.list': () => [],
  'verdicts.groups': () => ({ groups: [], conflicts: [] }),
  'anchor.negatives': () => explanation,
  'anchor.neighbours': () => ({
    ...{ anchor: explanation.anchor, ids: new Uint32Array(), similarities: new Float32Array() },
  }),
};

/** The state of a window on that library, and its engine; some answers may be others. */
export async function openWindow(
  others: Answers = {},
): Promise<{ readonly app: AppState; readonly engine: ScriptedEngine }> {
  stubBrowser();
  const engine = new ScriptedEngine({ ...answers, ...others });
  const closed = new Promise<string>(() => undefined);
  const app = new AppState(
    () => Promise.resolve({ client: engine, closed }),
    () => 0,
  );
  await app.start();
  return { app, engine };
}
