import { describe, expect, it } from 'vitest';
import { pageNames, pageTitles } from '../../../../src-main/contract/pages.ts';
import { Pages } from '../../../../src-renderer/app/window/pages.svelte.ts';

describe('the pages', () => {
  it('stand in the order of the rail and of its keys', () => {
    expect(pageNames.map((name) => pageTitles[name])).toEqual([
      ...['Library', 'Train', 'Explore', 'Review', 'Compare'],
    ]);
    expect(Object.keys(pageTitles)).toEqual([...pageNames]);
  });

  it('have nothing over them at first', () => {
    const { isSheetOpen, isPaletteOpen, isChoosingFolder, isImporting } = new Pages();
    expect([isSheetOpen, isPaletteOpen, isChoosingFolder, isImporting]).toEqual([
      ...[false, false, false, false],
    ]);
    const { exporting, addingEncoder, watchedJob } = new Pages();
    expect([exporting, addingEncoder, watchedJob]).toEqual([null, null, null]);
  });

  it('tell where the user went from where the window began', () => {
    const pages = new Pages();
    expect([pages.current, pages.chosen]).toEqual(['library', null]);
    pages.begin('explore');
    expect([pages.current, pages.chosen]).toEqual(['explore', null]);
    pages.go('train');
    expect([pages.current, pages.chosen]).toEqual(['train', 'train']);
    pages.begin('library');
    expect([pages.current, pages.chosen]).toEqual(['library', null]);
  });

  it('remember that the maps were looked at, which keeps them drawn', () => {
    const pages = new Pages();
    pages.go('train');
    pages.go('review');
    expect([pages.wasExplored, pages.wasCompared]).toEqual([false, false]);
    pages.go('explore');
    pages.begin('compare');
    pages.go('library');
    expect([pages.wasExplored, pages.wasCompared]).toEqual([true, true]);
  });
});
