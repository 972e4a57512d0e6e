import { beforeEach, describe, expect, it } from 'vitest';
import type { TextSearchResult } from '../../../src-main/contract/text-search.ts';
import { SearchForm } from '../../../src-renderer/shell/search-form.svelte.ts';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { manyPictures, openLibraryWindow } from '../library-window.ts';

let app: AppState;
let form: SearchForm;
let asked: unknown[] = [];
const found = {
  ids: Uint32Array.of(4, 2),
  similarities: Float32Array.of(0.25, 0.125),
  cut: null,
};
let result: TextSearchResult | Promise<TextSearchResult>;

beforeEach(async () => {
  asked = [];
  result = found;
  ({ app } = await openLibraryWindow({
    'search.tower': () => ({ path: '/clip/text_model.onnx', reason: '' }),
    'search.text': (input) => {
      asked.push(input);
      return result;
    },
  }));
  form = new SearchForm(app);
});

describe('searching by name or label', () => {
  it('finds as one types, and filters the map by it', () => {
    form.change('cats png');
    expect([form.isOpen, [...form.shown], app.focus.query]).toEqual([true, [1, 2, 5], 'cats png']);
    expect(form.status).toMatch(/^3 found/);
    expect(form.shown.map((id, index) => form.noteOf(id, index))).toEqual(['cat', 'cat', 'cat']);
    expect(form.noteOf(6, 0)).toBe('');
  });

  it('shows the first eight of many', async () => {
    ({ app } = await openLibraryWindow({ 'library.samples': () => manyPictures(1200).columns }));
    form = new SearchForm(app);
    form.change('png');
    expect([...form.shown]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(form.status).toMatch(/^1,200 found/);
  });

  it('finds nothing for nothing, and says so of what is not there', () => {
    form.change('  ');
    expect(form.shown).toEqual([]);
    form.change('unicorn');
    expect([form.shown.length, form.status]).toEqual([0, 'No picture has that name or label.']);
  });

  it('marks one of those found, between the first and the last', () => {
    form.change('png');
    form.move(-1);
    expect(form.active).toBe(0);
    for (let step = 0; step < 20; step++) form.move(1);
    expect(form.active).toBe(5);
    form.change('dogs');
    expect(form.active).toBe(0);
  });

  it('makes the marked one the anchor, in Explore', async () => {
    app.pages.go('train');
    form.change('dogs');
    form.move(1);
    await form.enter();
    expect([app.anchor.id, app.pages.current, form.isOpen]).toEqual([4, 'explore', false]);
    // The search has found what it was for: as a filter it would dim the bins of the new anchor.
    expect([form.text, app.focus.isFiltering]).toEqual(['', false]);
    form.change('unicorn');
    await form.enter();
    expect(app.anchor.id).toBe(4);
  });

  it('is cleared with its filter', () => {
    form.change('dogs');
    form.clear();
    expect([form.text, app.focus.query, form.isOpen]).toEqual(['', '', false]);
  });
});

describe('searching by what pictures show', () => {
  beforeEach(() => {
    form.change('dogs');
    form.switchMode();
  });

  it('begins anew, in words of its own', () => {
    expect([form.byText, form.text, app.focus.query]).toEqual([true, '', '']);
    expect(form.label).toContain('Describe');
    form.change('a red bird');
    expect([form.text, app.focus.query, form.shown.length]).toEqual(['a red bird', '', 0]);
    expect(form.status).toMatch(/^Enter searches/);
    form.switchMode();
    expect([form.byText, form.text]).toEqual([false, '']);
  });

  it('selects what it finds on Enter, most similar first, and then makes one the anchor', async () => {
    form.change('  a red bird ');
    await form.enter();
    expect(asked).toEqual([{ run: 2, text: 'a red bird', k: 50 }]);
    expect([[...form.shown], [...app.focus.selection]]).toEqual([
      [4, 2],
      [4, 2],
    ]);
    expect([form.noteOf(4, 0), form.noteOf(2, 1)]).toEqual(['0.250', '0.125']);
    expect(form.status).toMatch(/^2 pictures most like it selected/);
    await form.enter();
    expect([asked.length, app.anchor.id]).toEqual([1, 4]);
  });

  it('shows nothing of an earlier text', async () => {
    form.change('a red bird');
    await form.enter();
    form.change('a red bir');
    expect(form.shown).toEqual([]);
    form.change('a red bird');
    expect(form.shown).toHaveLength(2);
  });

  it('selects nothing of a run that is not the chosen one any more', async () => {
    const late = Promise.withResolvers<TextSearchResult>();
    result = late.promise;
    app.pages.go('train');
    app.focus.select([1], 'replace');
    form.change('a red bird');
    const searching = form.enter();
    await app.textSearch.look(1);
    late.resolve(found);
    await searching;
    expect([[...app.focus.selection], app.pages.current, form.shown]).toEqual([
      ...[[1], 'train', []],
    ]);
  });

  it('tells how much of a long text was read, and asks nothing for nothing', async () => {
    result = { ...found, cut: { tokens: 90, read: 77 } };
    form.change('a very long story');
    await form.enter();
    expect(form.status).toMatch(/only the first 77 of 90 tokens were read$/);
    form.change('   ');
    await form.enter();
    expect(asked).toHaveLength(1);
  });
});
