import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../src-renderer/state/app-state.svelte.ts';
import {
  parseView,
  readView,
  writeView,
  type KeptView,
} from '../../../src-renderer/state/kept-view.ts';
import { AnsweringClient } from '../answering-client.ts';
import { fivePictures } from './five-pictures.ts';
import { appOn } from '../open-app.ts';
import { runOf } from '../run-of.ts';

/** A view in which everything is other than at first. */
const changed: KeptView = {
  ...{ place: 'compare', run: 2, anchor: 'hash3', selection: [1, 5] },
  filters: {
    ...{ query: 'tom', labels: ['cat'], bins: ['hard'], verdicts: ['same'] },
    ranges: [['loss', { from: 0.5, to: 2 }]],
  },
  ...{ colouring: 'loss', candidateSet: 'batch', batchSeed: 7, epoch: 5 },
  knobs: { temperature: 0.2, ringDynamicInner: false, positiveSimilarity: 0.4 },
  list: { isList: true, sorting: { column: 'label', isDescending: false } },
  margins: { absolute: 0.2, relative: 0.3 },
  library: { tab: 'near', order: 'size', isDescending: true, nearThreshold: 0.5 },
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

describe('the view that is kept', () => {
  it('is that of the moment once it was put back, through JSON', () => {
    const first = readView(app);
    for (const part of Object.keys(changed) as (keyof KeptView)[]) {
      expect(changed[part], part).not.toEqual(first[part]);
    }
    writeView(app, parseView(JSON.parse(JSON.stringify(changed)))!);
    // Run, anchor, epoch and place need the engine's answers.
    app.runs.all = [runOf(2)];
    app.runs.currentNumber = 2;
    app.anchor.set(3);
    app.explanation.epoch = 5;
    app.places.go('compare');
    expect(readView(app)).toEqual(changed);
  });

  it('has no place where the window has only begun somewhere', () => {
    app.places.begin('explore');
    expect(readView(app).place).toBeNull();
  });

  it('has no selected picture that the library does not show any more', () => {
    writeView(app, { ...changed, selection: [2, 77] });
    expect([...app.focus.selection]).toEqual([2]);
  });

  it('leaves as it is what was not kept', () => {
    const first = readView(app);
    writeView(app, parseView({})!);
    expect(readView(app)).toEqual(first);
  });
});

describe('a view that cannot be read', () => {
  it.each([null, 'a text', 7, []])('as a whole is none: %o', (saved) => {
    expect(parseView(saved)).toBeNull();
  });

  it('in one part is as at first there, and kept in all others', () => {
    const nothing = parseView({})!;
    for (const part of Object.keys(changed) as (keyof KeptView)[]) {
      const view = parseView({ ...changed, [part]: { of: 'another version' } });
      // Every knob may be missing, so that a record without any is none turned.
      expect(view, part).toEqual({ ...changed, [part]: part === 'knobs' ? {} : nothing[part] });
    }
  });

  it('of the comparison goes without its tab alone where that is unknown', () => {
    const comparison = { ...changed.comparison, tab: 'tree' };
    expect(parseView({ ...changed, comparison })?.comparison).toEqual({
      ...{ ...changed.comparison, tab: 'runs' },
    });
    const others = [{ run: 3 }, { run: 4 }, { run: 5 }];
    expect(parseView({ comparison: { ...changed.comparison, others } })?.comparison).toBeNull();
  });
});
