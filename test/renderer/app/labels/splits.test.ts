import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { filters } from '../../../../src-renderer/app/filters/filter-snapshot.ts';
import { FilteredRows } from '../../../../src-renderer/app/filters/filtered-rows.ts';
import { rowFilters } from '../../../../src-renderer/app/filters/row-filters.ts';
import { withoutLabel } from '../../../../src-renderer/app/labels/without-label.ts';
import { actions } from '../../../../src-renderer/shell/palette-actions.ts';
import { paletteEntries } from '../../../../src-renderer/shell/palette-entries.ts';
import { openLibraryWindow } from '../../library-window.ts';
import { mapPoints } from '../../map-points.ts';
import { picturesOf } from '../../pictures-of.ts';

const split = picturesOf(
  { id: 1, path: 'train/cat/1.png', label: 'cat', split: 'train' },
  { id: 2, path: 'train/both.png', label: 'cat|dog', split: 'train' },
  { id: 3, path: 'val/dog/3.png', label: 'dog', split: 'val' },
  { id: 4, path: 'loose.png' },
);

let app: AppState;
beforeEach(async () => {
  ({ app } = await openLibraryWindow({
    'library.samples': () => split.columns,
    'runs.map': () => mapPoints('m', [4, 3, 2, 1]),
  }));
});
afterEach(() => vi.unstubAllGlobals());

function matching(): number[] {
  const rows = new FilteredRows(4, rowFilters(app, new Uint8Array(4)));
  return [...split.columns.ids].filter((_, row) => rows.matching[row] === 1);
}

describe('splits', () => {
  it('filter pictures beside their labels; those without one have the empty name', () => {
    app.focus.toggleSplit('train');
    expect(matching()).toEqual([1, 2]);
    app.focus.toggleLabel('dog');
    expect(matching()).toEqual([2]);
    app.focus.toggleLabel('dog');
    app.focus.toggleSplit('');
    expect(matching()).toEqual([1, 2, 4]);
    app.focus.clear();
    expect(app.focus.isFiltering).toBe(false);
  });

  it('colour the map, grey where there is none', () => {
    app.mapLook.wish = 'split';
    expect(app.mapLook.colouring).toBe('split');
    expect([...app.mapLook.colours.categories]).toEqual([0, 2, 1, 1]);
    expect(app.mapLook.colours.palette).toHaveLength(3);
  });

  it('cannot colour a library without any', () => {
    app.library.pictures = picturesOf({ id: 1, path: 'one.png', label: 'cat' });
    app.mapLook.wish = 'split';
    expect(app.mapLook.colouring).toBe('label');
    expect(actions(app).map(({ name }) => name)).not.toContain('Colour the map by split');
  });

  it('are found in the palette, and so is colouring by them', () => {
    const found = paletteEntries(app, 'split val').filter(({ kind }) => kind === 'split');
    expect(found.map(({ name }) => name)).toEqual(['val']);
    found[0]?.run();
    expect([...app.focus.splits]).toEqual(['val']);
    expect(app.pages.current).toBe('explore');
    paletteEntries(app, 'colour map by split')[0]?.run();
    expect(app.mapLook.wish).toBe('split');
  });

  it('are counted in a selection', () => {
    expect([...app.library.pictures.countSplits([1, 2, 3, 4])]).toEqual([
      ['train', 2],
      ['val', 1],
    ]);
  });

  it('are no filter in what an earlier version remembered', () => {
    const earlier = { query: '', labels: ['cat'], bins: [], verdicts: [], ranges: [] };
    expect(filters.parse(earlier)).toEqual({ ...earlier, splits: [], marks: [] });
  });
});

describe('several labels of a picture', () => {
  it('let it through the filter of each of them, and are counted for each', () => {
    app.focus.toggleLabel('cat');
    expect(matching()).toEqual([1, 2]);
    app.focus.toggleLabel('cat');
    app.focus.toggleLabel('dog');
    expect(matching()).toEqual([2, 3]);
    expect([...app.library.pictures.countLabels([1, 2, 3, 4])]).toEqual([
      ['cat', 2],
      ['dog', 2],
    ]);
  });

  it('leave the pictures without one, which a list of labels counts too', () => {
    expect(withoutLabel(split)).toEqual([{ name: '', shown: 'no label', count: 1 }]);
    expect(withoutLabel(picturesOf({ id: 1, path: 'one.png', label: 'cat' }))).toEqual([]);
    expect(withoutLabel(picturesOf({ id: 1, path: 'one.png' }))).toEqual([]);
  });
});
