import { beforeEach, describe, expect, it } from 'vitest';
import { paletteEntries } from '../../../src-renderer/shell/palette-entries.ts';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { manyPictures, openLibraryWindow } from '../library-window.ts';

let app: AppState;

beforeEach(async () => {
  ({ app } = await openLibraryWindow());
});

const found = (query: string) =>
  paletteEntries(app, query).map(({ kind, name }) => `${kind} ${name}`);

describe('what the palette finds', () => {
  it('is everything but pictures without a query, pages first and the newest run before older ones', () => {
    const all = found('  ');
    expect(all.slice(0, 5)).toEqual([
      ...['page Library', 'page Train', 'page Explore', 'page Review', 'page Compare'],
    ]);
    expect(all.filter((entry) => entry.startsWith('run '))).toEqual(['run hard', 'run pixels']);
    expect(all.filter((entry) => entry.startsWith('label '))).toEqual(['label cat', 'label dog']);
    expect(all.some((entry) => entry.startsWith('picture '))).toBe(false);
  });

  it('holds every word, in any order and case, of its kind or its name', () => {
    expect(found('PIXELS run')).toEqual(['run pixels']);
    expect(found('page lib')).toEqual(['page Library']);
    expect(found('swap xyz')).toEqual([]);
  });

  it('ends with the first six pictures of that name or label', async () => {
    expect(found('three')).toEqual(['picture dogs/three.png']);
    expect(found('label cat').at(0)).toBe('label cat');
    ({ app } = await openLibraryWindow({ 'library.samples': () => manyPictures(20).columns }));
    const pictures = paletteEntries(app, 'png').filter(({ kind }) => kind === 'picture');
    expect(pictures.map(({ picture }) => picture)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('shows pinned pictures that the library still has', () => {
    app.pins.set(['hash5', 'hash99', 'hash1']);
    expect(found('pin').filter((entry) => entry.startsWith('pin '))).toEqual([
      'pin cats/ten.png',
      'pin cats/anchor.png',
    ]);
  });
});

describe('what an entry does', () => {
  const run = (query: string, kind: string): void =>
    paletteEntries(app, query)
      .find((entry) => entry.kind === kind)
      ?.run();

  it('goes to a page, a run or a label', () => {
    run('train', 'page');
    expect(app.pages.current).toBe('train');
    run('pixels', 'run');
    expect([app.pages.current, app.runs.currentNumber]).toEqual(['explore', 1]);
    run('dog', 'label');
    expect([...app.focus.labels]).toEqual(['dog']);
    run('dog', 'label');
    expect([...app.focus.labels]).toEqual([]);
  });

  it('makes a picture the anchor, and does an action', () => {
    app.pages.go('library');
    run('four', 'picture');
    expect([app.anchor.id, app.pages.current]).toEqual([4, 'explore']);
    run('theme dark', 'action');
    expect(app.theme.choice).toBe('dark');
  });
});
