import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { binIndex } from '../../../../src-main/contract/bins.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { FilteredRows } from '../../../../src-renderer/app/filters/filtered-rows.ts';
import { rowFilters } from '../../../../src-renderer/app/filters/row-filters.ts';
import { explanationOf } from '../../explanation-of.ts';
import { fivePicturesApp } from '../five-pictures-app.ts';
import { fivePictures } from '../five-pictures.ts';

const none = 255;
/** Of the five: the anchor, then hard, false, ring and easy. */
const { hard, false: falseBin, ring, easy } = binIndex;
const bins = Uint8Array.of(none, hard, falseBin, ring, easy);

let app: AppState;
beforeEach(async () => {
  app = await fivePicturesApp();
  await app.judged.refresh();
});
afterEach(() => vi.unstubAllGlobals());

/** The ids of what the filters keep. */
function matching(): number[] {
  const rows = new FilteredRows(5, rowFilters(app, bins));
  return [...fivePictures.columns.ids].filter((_, row) => rows.matching[row] === 1);
}

describe('the filters of rows, with a client that answers two verdicts and a ledger', () => {
  it('are none where nothing is set', () => {
    expect(rowFilters(app, bins)).toEqual([]);
    app.focus.query = '  ';
    expect(rowFilters(app, bins)).toEqual([]);
  });

  it('keep by words of path and label', () => {
    app.focus.query = 'TOM';
    expect(matching()).toEqual([2, 5]);
    app.focus.query = 'tom dog';
    expect(matching()).toEqual([5]);
    app.focus.query = 'bird';
    expect(matching()).toEqual([]);
  });

  it('keep any of several labels; a picture without one has the empty label', () => {
    app.focus.toggleLabel('cat');
    expect(matching()).toEqual([1, 2]);
    app.focus.toggleLabel('');
    expect(matching()).toEqual([1, 2, 4]);
  });

  it('keep bins only while an anchor is explained', () => {
    app.focus.toggleBin('false');
    app.focus.toggleBin('easy');
    expect(matching()).toEqual([1, 2, 3, 4, 5]);
    app.explanation.current = explanationOf(1, []);
    expect(matching()).toEqual([3, 5]);
  });

  it('keep by what was judged of a picture', () => {
    app.focus.toggleVerdict('same');
    expect(matching()).toEqual([1, 3]);
    app.focus.toggleVerdict('unsure');
    expect(matching()).toEqual([1, 3, 4]);
    app.focus.verdicts.clear();
    app.focus.toggleVerdict('none');
    expect(matching()).toEqual([2, 5]);
  });

  it('keep what has any of the chosen tags, or is left out of training', async () => {
    await app.marks.refresh();
    app.focus.toggleMark('tag:odd');
    expect(matching()).toEqual([2]);
    app.focus.toggleMark('leftOut');
    expect(matching()).toEqual([2, 4]);
    app.focus.toggleMark('tag:odd');
    expect(matching()).toEqual([4]);
    app.focus.clear();
    app.focus.toggleMark('tag:of nothing');
    expect(matching()).toEqual([]);
  });

  it('keep by a number, both ends included, and leave out what has none', async () => {
    app.focus.ranges.set('loss', { from: 1, to: 4 });
    expect(matching()).toEqual([1, 2, 3, 4, 5]);
    await app.numbers.load(1);
    expect(matching()).toEqual([2, 3, 5]);
    app.focus.ranges.set('loss', { from: -1, to: 100 });
    expect(matching()).toEqual([1, 2, 3, 5]);
  });

  it('all have to keep a row, each by a name of its own', async () => {
    await app.numbers.load(1);
    app.explanation.current = explanationOf(1, []);
    app.focus.query = 'o';
    app.focus.toggleLabel('dog');
    app.focus.toggleBin('easy');
    app.focus.toggleVerdict('none');
    app.focus.ranges.set('loss', { from: 3, to: 4 });
    expect(rowFilters(app, bins).map(({ name }) => name)).toEqual([
      ...['name', 'label', 'bin', 'verdict', 'loss'],
    ]);
    expect(matching()).toEqual([5]);
  });
});
