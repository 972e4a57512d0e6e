import { beforeEach, describe, expect, it } from 'vitest';
import type { ComparisonWithMaps } from '../../../src-main/contract/comparison.ts';
import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import { actions } from '../../../src-renderer/shell/palette-actions.ts';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import type { AnsweringClient } from '../answering-client.ts';
import { jobOf } from '../job-of.ts';
import { openLibraryWindow } from '../library-window.ts';
import { verdictOf } from '../verdict-of.ts';

let app: AppState;
let client: AnsweringClient;

const job = (state: JobStatus['state'], kind: JobStatus['kind'] = 'train'): JobStatus =>
  jobOf(7, { kind, state, title: 'hard' });

beforeEach(async () => {
  ({ app, client } = await openLibraryWindow({
    'jobs.pause': () => job('paused'),
    'jobs.resume': () => job('running'),
    'jobs.cancel': () => job('cancelled'),
    'jobs.start': ({ kind }) => job('queued', kind),
  }));
});

const names = (): string[] => actions(app).map(({ name }) => name);

/** Does what is offered by that name; throws where nothing is. */
function act(name: string): void {
  const found = actions(app).find((action) => action.name === name);
  if (!found) throw new Error(`“${name}” is not offered.`);
  found.run();
}

describe('what can be done', () => {
  it('is told once each', () => {
    expect(new Set(names()).size).toBe(names().length);
    expect(names().length).toBeGreaterThan(30);
  });

  it('opens what the window has beside its pages', () => {
    act('Show the keyboard shortcuts');
    act('Open another folder');
    act('Import embeddings that were computed elsewhere');
    act('Export mined hard negatives for sentence-transformers');
    const { isSheetOpen, isChoosingFolder, isImporting, exporting } = app.pages;
    expect([isSheetOpen, isChoosingFolder, isImporting]).toEqual([true, true, true]);
    expect(exporting).toEqual({ what: 'mined' });
    act('Export: embeddings, map, bins, ledger, verdicts, runs, encoder, for viewers');
    expect(app.pages.exporting).toEqual({});
    act('Theme: light');
    expect(app.theme.choice).toBe('light');
  });

  it('is to undo and redo only what there is', async () => {
    expect(names().filter((name) => /^(Undo|Redo)/.test(name))).toEqual([]);
    app.undoHistory.add({ name: 'the pins', undo: () => undefined, redo: () => undefined });
    act('Undo: the pins');
    await Promise.resolve();
    expect(names().filter((name) => /^(Undo|Redo)/.test(name))).toEqual(['Redo: the pins']);
  });

  it('is to pause, resume or cancel the job of the moment', async () => {
    const offered = () =>
      names().filter((name) => name.endsWith('“hard”') && !name.includes('with'));
    expect(offered()).toEqual([]);
    await app.jobs.start('train', {});
    expect(offered()).toEqual(['Cancel “hard”']);
    await app.jobs.command('resume', 7);
    expect(offered()).toEqual(['Pause “hard”', 'Cancel “hard”']);
    act('Pause “hard”');
    await Promise.resolve();
    expect(client.calls.at(-1)).toEqual({ method: 'jobs.pause', input: { job: 7 } });
    await app.jobs.command('pause', 7);
    expect(offered()).toEqual(['Resume “hard”', 'Cancel “hard”']);
  });
});

describe('what can be done in the pages', () => {
  it('shows the Library in an order, and scans again unless it is being scanned', async () => {
    act('Library: order the pictures by file name');
    expect([app.pages.current, app.libraryPage.tab, app.libraryPage.order]).toEqual([
      ...['library', 'pictures', 'name'],
    ]);
    act('Library: near-duplicates');
    expect(app.libraryPage.tab).toBe('near');
    expect(names()).toContain('Library: scan the folders again');
    await app.jobs.start('scan', { folder: '/pictures' });
    expect(names()).not.toContain('Library: scan the folders again');
  });

  it('fills in a training by its objective', () => {
    const training = names().find((name) => /^Train: debiased/i.test(name));
    act(training!);
    expect([app.pages.current, app.trainForm.objective]).toEqual(['train', 'debiased']);
    expect(names().filter((name) => name.startsWith('Train: ')).length).toBeGreaterThan(8);
  });

  it('embeds with the starter encoder, unless something is being embedded', async () => {
    const starter = 'Embed with the starter encoder, without training';
    act(starter);
    await Promise.resolve();
    expect(client.calls.at(-1)).toEqual({
      ...{ method: 'jobs.start', input: { kind: 'embed', input: { encoder: 'starter+hog' } } },
    });
    await app.jobs.start('embed', { encoder: 'starter' });
    expect(names()).not.toContain(starter);
  });

  it('takes what was done in Review back as anything else', async () => {
    const back = () => names().filter((name) => name.startsWith('Undo: '));
    expect(back()).toEqual([]);
    app.review.open([{ anchor: 'hash1', candidate: 'hash3' }], 'one pair');
    app.review.skip();
    expect(back()).toEqual(['Undo: passing over “cats/anchor.png” and “dogs/three.png”']);
    act(back()[0]!);
    await Promise.resolve();
    expect([app.verdicts.done.length, back()]).toEqual([0, []]);
  });

  it('colours the map, pins the anchor and clears what is selected', async () => {
    expect(names()).not.toContain('Pin the anchor');
    expect(names()).not.toContain('Clear the selection and all filters');
    await app.chooseAnchor(1);
    act('Pin the anchor');
    expect(app.pins.hashes).toEqual(['hash1']);
    expect(names()).toContain('Unpin the anchor');
    app.pages.go('train');
    act('Colour the map by verdict');
    expect([app.pages.current, app.mapLook.colouring]).toEqual(['explore', 'verdict']);
    act('Explore: show the pictures as a list');
    expect(app.explore.isList).toBe(true);
    app.focus.toggleLabel('cat');
    act('Clear the selection and all filters');
    expect(app.focus.isFiltering).toBe(false);
    // Numbers of a training colour the map only where there are some.
    expect(names()).not.toContain('Colour the map by hardness');
  });

  it('reviews in an order, and judges only a pair that is on screen', () => {
    act('Review: order by random');
    expect([app.pages.current, app.review.order]).toEqual(['review', 'random']);
    const judging = () =>
      names().filter((name) => /^Review: (same thing|different|unsure)/.test(name));
    expect(judging()).toEqual([]);
    app.review.open([{ anchor: 'hash1', candidate: 'hash3' }], 'one pair');
    expect(judging()).toHaveLength(3);
  });

  it('trains again with verdicts once a pair is judged the same', () => {
    const again = () => names().filter((name) => name.startsWith('Train “hard” again'));
    expect(again()).toEqual([]);
    const same = verdictOf('hash1', 'hash3', 'same');
    app.judged.list = [{ ...same, hashA: 'hash1', hashB: 'hash3' }];
    expect(again()).toEqual([
      'Train “hard” again with verdicts masked',
      'Train “hard” again with verdicts attracted',
    ]);
    app.runs.currentNumber = 1;
    expect(names()).toContain('Train an adapter on “pixels” with verdicts attracted');
  });

  it('compares the current run with each other one, and changes how two are shown', () => {
    act('Compare “hard” with “pixels”');
    expect([app.pages.current, app.comparison.tab]).toEqual(['compare', 'pair']);
    expect(app.comparison.sides).toEqual([{ run: 2 }, { run: 1 }]);
    act('Compare: swap the two runs');
    expect(app.comparison.sides).toEqual([{ run: 1 }, { run: 2 }]);
    expect(names().some((name) => name.includes('trails'))).toBe(false);
    app.comparison.result = {} as ComparisonWithMaps;
    act('Compare: show the trails between both positions');
    expect(names()).toContain('Compare: hide the trails between both positions');
    act('Compare: colour by change of relative hardness');
    expect(app.comparison.colouring).toBe('hardness');
    act('Compare: the table of all runs');
    expect(app.comparison.tab).toBe('runs');
  });
});
