import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import {
  parseSnapshot,
  readSnapshot,
  writeSnapshot,
  type WindowSnapshot,
} from '../../../../src-renderer/app/remembered/window-snapshot.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { fivePictures } from '../five-pictures.ts';
import { appOn } from '../../open-app.ts';
import { runOf } from '../../run-of.ts';

/** A snapshot in which every part differs from its default. */
const changed: WindowSnapshot = {
  ...{ page: 'compare', run: 2, anchor: 'hash3', selection: [1, 5] },
  filters: {
    ...{ query: 'tom', labels: ['cat'], splits: ['val'], bins: ['hard'], verdicts: ['same'] },
    marks: ['tag:odd'],
    ranges: [['loss', { from: 0.5, to: 2 }]],
  },
  ...{ colouring: 'loss', candidateSet: 'batch', batchSeed: 7, epoch: 5 },
  ...{ isOwnBatch: false, space: 'h' },
  knobs: { temperature: 0.2, ringDynamicInner: false, positiveSimilarity: 0.4 },
  list: { isList: true, sorting: { column: 'label', isDescending: false } },
  margins: { absolute: 0.2, relative: 0.3 },
  library: {
    tab: 'near',
    order: 'size',
    isDescending: true,
    nearThreshold: 0.5,
    nearOrder: 'label',
  },
  training: {
    ...{ name: 'next', encoder: 'head', on: 2, keptViews: 4, tunedViews: 6, objective: 'hard' },
    ...{ chosenEpochs: 7, batch: 16, chosenSize: 64, seed: 9, device: 'cpu', verdicts: 'mask' },
    ...{ labels: 'mask', labelsOf: ['train'] },
    ...{ ledgerSize: 8, keepCheckpoints: 'all', seeds: 3 },
    ...{ trainFrom: 'block2', layerDecay: 0.8, lora: 8, groupPositives: 0.4 },
    adapterStart: 'features',
    ...{ heldOut: 0.3, keepEpoch: 'last', patience: 4 },
    changed: { hard: { beta: 2.5, temperature: 0.25 }, simclr: { temperature: 0.75 } },
    head: 'linear',
    views: { chosen: 'simclr', changed: { simclr: { blur: 0.125 } } },
    batches: { batches: 'proximity', proximityNeighbours: 30 },
    optimisation: { recipe: 'sgd', learningRate: 0.5 },
  },
  review: { order: 'random' },
  comparison: {
    ...{ tab: 'pair', a: { run: 1 }, b: { run: 2, epoch: 5 }, others: [{ run: 3 }], k: 7 },
    ...{ alignment: 'started', colouring: 'label', hasTrails: true },
  },
};

let app: AppState;
beforeEach(async () => {
  app = await appOn(new AnsweringClient({}));
  app.library.pictures = fivePictures;
});
afterEach(() => vi.unstubAllGlobals());

describe('the snapshot that is remembered', () => {
  it('is that of the window once it was put back, through JSON', () => {
    const first = readSnapshot(app);
    for (const part of Object.keys(changed) as (keyof WindowSnapshot)[]) {
      expect(changed[part], part).not.toEqual(first[part]);
    }
    writeSnapshot(app, parseSnapshot(JSON.parse(JSON.stringify(changed)))!);
    // Run, anchor, epoch and page need the engine's answers.
    app.runs.all = [runOf(2)];
    app.runs.currentNumber = 2;
    app.anchor.set(3);
    app.explanation.epoch = 5;
    app.pages.go('compare');
    expect(readSnapshot(app)).toEqual(changed);
  });

  it('has no page where the window has only begun somewhere', () => {
    app.pages.begin('explore');
    expect(readSnapshot(app).page).toBeNull();
  });

  it('has no selected picture that the library does not show any more', () => {
    writeSnapshot(app, { ...changed, selection: [2, 77] });
    expect([...app.focus.selection]).toEqual([2]);
  });

  it('has the page that was remembered as a place before', () => {
    const { page, ...others } = changed;
    expect(parseSnapshot({ ...others, place: page })).toEqual(changed);
    expect(parseSnapshot({ ...others, place: null })?.page).toBeNull();
    expect(parseSnapshot({ ...others, place: 'attic' })).toEqual({ ...changed, page: null });
  });

  it('leaves as it is what was not remembered', () => {
    const first = readSnapshot(app);
    writeSnapshot(app, parseSnapshot({})!);
    expect(readSnapshot(app)).toEqual(first);
  });
});

describe('a snapshot that cannot be read', () => {
  it.each([null, 'a text', 7, []])('as a whole is none: %o', (saved) => {
    expect(parseSnapshot(saved)).toBeNull();
  });

  it('in one part has its default there, and is read in all others', () => {
    const nothing = parseSnapshot({})!;
    for (const part of Object.keys(changed) as (keyof WindowSnapshot)[]) {
      const read = parseSnapshot({ ...changed, [part]: { of: 'another version' } });
      // Every knob may be missing, so that a record without any is none turned.
      expect(read, part).toEqual({ ...changed, [part]: part === 'knobs' ? {} : nothing[part] });
    }
  });

  it('of the comparison goes without its tab alone where that is unknown', () => {
    const comparison = { ...changed.comparison, tab: 'tree' };
    expect(parseSnapshot({ ...changed, comparison })?.comparison).toEqual({
      ...{ ...changed.comparison, tab: 'runs' },
    });
    const others = [{ run: 3 }, { run: 4 }, { run: 5 }];
    expect(parseSnapshot({ comparison: { ...changed.comparison, others } })?.comparison).toBeNull();
  });
});
