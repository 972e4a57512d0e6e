import { describe, expect, it } from 'vitest';
import { placeNames, Places, placeTitles } from '../../../src-renderer/state/places.svelte.ts';

describe('the places', () => {
  it('stand in the order of the rail and of its keys', () => {
    expect(placeNames.map((name) => placeTitles[name])).toEqual([
      ...['Library', 'Train', 'Explore', 'Review', 'Compare'],
    ]);
    expect(Object.keys(placeTitles)).toEqual([...placeNames]);
  });

  it('have nothing over them at first', () => {
    const { isSheetOpen, isPaletteOpen, isChoosingFolder, isImporting } = new Places();
    expect([isSheetOpen, isPaletteOpen, isChoosingFolder, isImporting]).toEqual([
      ...[false, false, false, false],
    ]);
    const { exporting, addingEncoder, watchedJob } = new Places();
    expect([exporting, addingEncoder, watchedJob]).toEqual([null, null, null]);
  });

  it('tell where the user went from where the window began', () => {
    const places = new Places();
    expect([places.current, places.chosen]).toEqual(['library', null]);
    places.begin('explore');
    expect([places.current, places.chosen]).toEqual(['explore', null]);
    places.go('train');
    expect([places.current, places.chosen]).toEqual(['train', 'train']);
    places.begin('library');
    expect([places.current, places.chosen]).toEqual(['library', null]);
  });

  it('remember that the maps were looked at, which keeps them drawn', () => {
    const places = new Places();
    places.go('train');
    places.go('review');
    expect([places.wasExplored, places.wasCompared]).toEqual([false, false]);
    places.go('explore');
    places.begin('compare');
    places.go('library');
    expect([places.wasExplored, places.wasCompared]).toEqual([true, true]);
  });
});
