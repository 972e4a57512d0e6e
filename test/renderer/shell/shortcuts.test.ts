import { newDecoding } from '../../../src-main/contract/decoding.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { handleShortcut, shortcutGroups } from '../../../src-renderer/shell/shortcuts.ts';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { pageNames } from '../../../src-main/contract/pages.ts';
import { keyPress } from '../key-press.ts';
import { openLibraryWindow } from '../library-window.ts';
import { PageElement } from '../page-element.ts';
import type { WindowStandIn } from '../window-stand-in.ts';

let app: AppState;
let page: WindowStandIn;

beforeEach(async () => {
  ({ app, page } = await openLibraryWindow());
});

/** Presses a key in the window; true where the browser did not get it. */
function press(...[key, more]: Parameters<typeof keyPress>): boolean {
  const event = keyPress(key, more);
  handleShortcut(event, app);
  return event.defaultPrevented;
}

describe('keys anywhere in the window', () => {
  it('go to each page by its number', () => {
    pageNames.forEach((page, index) => {
      expect(press(String(index + 1))).toBe(true);
      expect(app.pages.current).toBe(page);
    });
    expect([press('6'), press('0')]).toEqual([false, false]);
    expect(app.pages.current).toBe('compare');
  });

  it('open the sheet, and the palette also while it is the dialog that is open', () => {
    expect(press('?')).toBe(true);
    expect(app.pages.isSheetOpen).toBe(true);
    press('k', { ctrlKey: true });
    expect(app.pages.isPaletteOpen).toBe(true);
    page.isDialogOpen = true;
    press('k', { metaKey: true });
    expect(app.pages.isPaletteOpen).toBe(false);
    // Another dialog keeps the palette away.
    expect(press('k', { ctrlKey: true })).toBe(false);
  });

  it('put the focus into the search box, on its text', () => {
    const search = new PageElement('search');
    page.byId.set('search', search);
    expect(press('/')).toBe(true);
    expect(search.done).toEqual(['focus', 'select']);
  });

  it('take a change back and make it again', async () => {
    let value = 1;
    app.undoHistory.add({ name: 'a number', undo: () => (value = 0), redo: () => (value = 1) });
    press('z', { ctrlKey: true });
    await Promise.resolve();
    expect([value, app.undoHistory.toRedo]).toEqual([0, 'a number']);
    press('Z', { ctrlKey: true, shiftKey: true });
    await Promise.resolve();
    expect(value).toBe(1);
    press('z', { ctrlKey: true });
    await Promise.resolve();
    press('y', { ctrlKey: true });
    await Promise.resolve();
    expect(value).toBe(1);
  });

  it('are left to text fields, and to whoever has handled them', () => {
    const target = new PageElement('input');
    expect([press('2', { target }), press('z', { ctrlKey: true, target })]).toEqual([false, false]);
    const handled = keyPress('2');
    handled.preventDefault();
    handleShortcut(handled, app);
    expect(app.pages.current).toBe('explore');
  });

  it('go to no page before a library is open', async () => {
    const closed = { file: null, name: '', folders: [], images: 0, files: 0, duplicates: 0 };
    const status = {
      ...closed,
      labels: [],
      unlabelled: 0,
      splits: [],
      labelConflicts: 0,
      blank: 0,
      noted: 0,
      decoding: newDecoding,
      skipped: 0,
      version: '1',
    };
    ({ app } = await openLibraryWindow({ 'library.status': () => status }));
    expect([press('2'), press('/'), press('k', { ctrlKey: true })]).toEqual([false, false, false]);
  });
});

describe('keys in Explore', () => {
  it('change between list and map there only', () => {
    press('t');
    expect(app.explore.isList).toBe(true);
    press('t');
    expect(app.explore.isList).toBe(false);
    app.pages.go('library');
    expect(press('t')).toBe(false);
  });

  it('pin the anchor, where there is one', async () => {
    press('p');
    expect(app.pins.hashes).toEqual([]);
    await app.chooseAnchor(1);
    press('p');
    expect(app.pins.hashes).toEqual(['hash1']);
    press('p');
    expect(app.pins.hashes).toEqual([]);
  });

  it('go back to earlier anchors and forward again', async () => {
    for (const id of [1, 2, 3]) await app.chooseAnchor(id);
    expect(press('ArrowLeft', { altKey: true })).toBe(true);
    expect(app.anchor.id).toBe(2);
    press('ArrowLeft', { altKey: true });
    press('ArrowRight', { altKey: true });
    expect(app.anchor.id).toBe(2);
    expect(press('ArrowLeft')).toBe(false);
  });
});

describe('Escape', () => {
  it('closes one thing after the other, and leaves the press to the browser too', async () => {
    await app.chooseAnchor(1);
    app.pages.isPaletteOpen = true;
    app.pages.isSheetOpen = true;
    app.explore.inspectedId = 3;
    app.explore.openBin = 0;
    app.focus.select([2], 'replace');
    const isLeft = () => [
      ...[app.pages.isPaletteOpen, app.pages.isSheetOpen, app.explore.inspectedId !== null],
      ...[app.explore.openBin !== null, app.focus.selection.size > 0, app.anchor.id !== null],
    ];
    for (let closed = 1; closed <= 6; closed++) {
      expect(press('Escape')).toBe(false);
      expect(isLeft()).toEqual(Array.from({ length: 6 }, (_, at) => at >= closed));
    }
  });

  it('closes what is open in Review and in the Library, before the anchor of Explore', async () => {
    await app.chooseAnchor(1);
    app.pages.go('review');
    app.review.openConflict = 2;
    press('Escape');
    press('Escape');
    expect([app.review.openConflict, app.anchor.id]).toEqual([null, 1]);
    app.pages.go('library');
    app.libraryPage.chosenId = 4;
    press('Escape');
    expect([app.libraryPage.chosenId, app.anchor.id]).toEqual([null, 1]);
    press('Escape');
    expect(app.anchor.id).toBeNull();
  });
});

describe('Escape while something else has it', () => {
  const kept = () => [app.anchor.id, app.explore.inspectedId, app.focus.selection.size];
  beforeEach(async () => {
    await app.chooseAnchor(1);
    app.explore.inspectedId = 3;
    app.focus.select([2], 'replace');
  });

  it.each([
    ['Export', () => (app.pages.exporting = {})],
    ['Import', () => (app.pages.isImporting = true)],
    ['the choice of a folder', () => (app.pages.isChoosingFolder = true)],
    ['an encoder', () => (app.pages.addingEncoder = { path: '', note: '' })],
    ['a question', () => undefined],
  ])('leaves what is behind the dialog of %s', (_, open) => {
    open();
    page.isDialogOpen = true;
    expect(press('Escape')).toBe(false);
    expect(kept()).toEqual([1, 3, 1]);
  });

  it('closes the sheet of layouts first, wherever the focus is', () => {
    app.explore.isLayoutSheetOpen = true;
    press('Escape');
    expect([app.explore.isLayoutSheetOpen, ...kept()]).toEqual([false, 1, 3, 1]);
  });

  it('leaves what is on another page', () => {
    for (const name of ['train', 'review'] as const) {
      app.pages.go(name);
      press('Escape');
      press('Escape');
      expect(kept()).toEqual([1, 3, 1]);
    }
  });
});

it('tells of every key in the sheet, each row in words', () => {
  expect(shortcutGroups.map(({ rows }) => rows.length).every((count) => count > 0)).toBe(true);
  const rows = shortcutGroups.flatMap((group) => group.rows);
  for (const { keys, does } of rows) {
    expect(keys.length).toBeGreaterThan(0);
    expect(does).toMatch(/^\S.*[^.]$/);
  }
  expect(rows[0]).toMatchObject({
    ...{ keys: ['1', '2', '3', '4', '5'], does: 'Go to Library, Train, Explore, Review, Compare' },
  });
});
