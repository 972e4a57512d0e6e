import { flushSync } from 'svelte';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { undo } from '../../../../src-renderer/app/actions/undo.ts';
import { newDecoding } from '../../../../src-main/contract/decoding.ts';
import type { LibraryStatus } from '../../../../src-main/contract/library.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';
import { explanationOf } from '../../explanation-of.ts';
import { fivePictures } from '../five-pictures.ts';
import { inEffectRoot } from '../in-effect-root.svelte.ts';
import { appOn, newApp } from '../../open-app.ts';
import { runOf } from '../../run-of.ts';

let engine: EmojiEngine;
let app: AppState;
let stop: () => void;
beforeAll(async () => {
  engine = await openEmojiEngine();
  app = await startedWindow();
});
afterAll(async () => {
  stop();
  await engine.close();
  vi.unstubAllGlobals();
});

/** A window that has begun, in a browser that remembers nothing itself, and follows what it shows. */
async function startedWindow(): Promise<AppState> {
  const { app: begun } = newApp(() => engine.connect());
  await begun.start();
  stop = inEffectRoot(() => begun.recall.follow());
  return begun;
}

describe('what the window shows of a library, remembered by a real engine', () => {
  it('is live once the library is read, and has no run before one was looked at', () => {
    expect(app.recall.isLive).toBe(true);
    expect(app.recall.run).toBe(pixelRun);
    expect(app.undoHistory.toUndo).toBeNull();
  });

  it('is there again in another browser: page, anchor, filters, selection and knobs', async () => {
    const { pictures } = app.library;
    app.pages.go('explore');
    await app.chooseAnchor(pictures.idAt(10));
    await app.explanation.turn({ temperature: 0.25 });
    app.focus.toggleLabel('clothing');
    app.focus.select([pictures.idAt(1), pictures.idAt(2)], 'replace');
    app.libraryPage.order = 'size';
    flushSync();
    // The memory is sent a moment after the last change.
    await expect
      .poll(async () => (await engine.client.call('window.recall', {})).map(({ text }) => text))
      .toContainEqual(expect.stringContaining('"order":"size"'));
    stop();
    const again = await startedWindow();
    expect([again.pages.current, again.pages.chosen]).toEqual(['explore', 'explore']);
    expect(again.anchor.id).toBe(pictures.idAt(10));
    expect(again.explanation.current?.parameters.temperature).toBe(0.25);
    expect([...again.focus.labels]).toEqual(['clothing']);
    expect([...again.focus.selection]).toEqual([pictures.idAt(1), pictures.idAt(2)]);
    expect(again.libraryPage.order).toBe('size');
    expect(again.undoHistory.toUndo).toBeNull();
    app = again;
  });

  it('notes what is changed from then on, to take it back', async () => {
    app.focus.toggleLabel('food-fruit');
    flushSync();
    expect(app.undoHistory.toUndo).toBe('the filters');
    await undo(app);
    expect([...app.focus.labels]).toEqual(['clothing']);
  });

  it('of another library is its own, and comes back with the library', async () => {
    const file = app.library.status?.file ?? '';
    const folder = `${app.library.status?.folders[0]?.path ?? ''}/clothing`;
    await app.openFolder(folder, 'none');
    flushSync();
    expect([app.focus.isFiltering, app.anchor.id, app.undoHistory.toUndo]).toEqual([
      ...[false, null, null],
    ]);
    await expect.poll(() => app.jobs.active).toEqual([]);
    await app.openLibraryFile(file);
    expect([...app.focus.labels]).toEqual(['clothing']);
    expect(app.anchor.id).toBe(app.library.pictures.idAt(10));
  });

  it('goes without a run, an anchor or a snapshot that is not there any more', async () => {
    const file = app.library.status?.file ?? '';
    const remembered = app.memory.recall(`view.${file}`) as object;
    app.memory.remember(`view.${file}`, { ...remembered, run: 99, anchor: 'f'.repeat(64) });
    app.anchor.reset();
    await app.recall.restore();
    expect([app.runs.currentNumber, app.anchor.id]).toEqual([pixelRun, null]);
    expect([...app.focus.labels]).toEqual(['clothing']);
    app.memory.remember(`view.${file}`, 'a text of another version');
    expect(app.recall.run).toBeNull();
    await app.recall.restore();
    expect([app.pages.current, app.pages.chosen]).toEqual(['library', null]);
  });
});

describe('what the window shows of a library, with a client that answers two runs and what it remembers', () => {
  it('goes on in the run and in the epoch that were looked at', async () => {
    const file = '/a.negatoscope';
    const snapshot = { run: 1, epoch: 5, anchor: 'hash3' };
    const client = new AnsweringClient({
      'window.recall': () => [{ key: `view.${file}`, text: JSON.stringify(snapshot), at: 1 }],
      'window.remember': () => ({}),
      'library.status': () =>
        ({ file, decoding: newDecoding, blank: 0, noted: 0 }) as LibraryStatus,
      'library.samples': () => fivePictures.columns,
      'library.skips': () => [],
      'labels.listByHand': () => ({ edits: [] }),
      'jobs.list': () => [],
      'runs.list': () => [runOf(1), runOf(2)],
      'runs.map': () => null,
      'runs.maps': () => [],
      'runs.embeddedEpochs': () => [5, 10],
      'verdicts.list': () => [],
      'pictures.marks': () => ({ tags: [], leftOut: [] }),
      'anchor.negatives': () => explanationOf(3, []),
      'anchor.neighbours': () => ({
        ...{ anchor: explanationOf(3, []).anchor, ids: new Uint32Array() },
        similarities: new Float32Array(),
      }),
      'devices.list': () => [],
    });
    const begun = await appOn(client);
    await begun.start();
    expect([begun.runs.currentNumber, begun.anchor.id, begun.explanation.epoch]).toEqual([1, 3, 5]);
    expect(client.inputsOf('anchor.negatives')).toEqual([
      { run: 1, anchor: 'hash3', epoch: 5, awaitCalibration: false },
    ]);
    expect([begun.pages.current, begun.pages.chosen]).toEqual(['explore', null]);
  });
});
