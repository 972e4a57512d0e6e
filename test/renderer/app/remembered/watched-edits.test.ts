import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { watchedEdits } from '../../../../src-renderer/app/remembered/watched-edits.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { inEffectRoot } from '../in-effect-root.svelte.ts';
import { appOn } from '../../open-app.ts';

let app: AppState;
let time: number;
let stop: () => void;
beforeEach(async () => {
  app = await appOn(new AnsweringClient({}));
  time = 0;
  const watches = watchedEdits(app, () => time);
  stop = inEffectRoot(() => {
    for (const watch of watches) watch.look(true);
  });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

/** What a user does, a second after what was done before. */
function after(change: () => unknown): void {
  time += 1000;
  change();
  flushSync();
}

async function undo(): Promise<void> {
  await app.undoHistory.undo();
  flushSync();
}

describe('what the window’s controls change', () => {
  it('is taken back in order: filters, selection, pins and knobs', async () => {
    after(() => app.focus.toggleLabel('cat'));
    after(() => (app.focus.query = 'tom'));
    after(() => app.focus.select([1, 2], 'replace'));
    after(() => app.pins.set(['hash1']));
    after(() => (app.explanation.knobs = { beta: 2 }));
    after(() => (app.explore.margins = { absolute: 0.3, relative: 0.05 }));
    const undone: (string | null)[] = [];
    while (app.undoHistory.toUndo !== null) {
      undone.push(app.undoHistory.toUndo);
      await undo();
    }
    expect(undone).toEqual([
      ...['the knobs', 'the knobs', 'the pins', 'the selection', 'the filters', 'the filters'],
    ]);
    expect(app.focus.isFiltering).toBe(false);
    expect(app.focus.selection.size).toBe(0);
    expect([app.pins.hashes, app.explanation.knobs]).toEqual([[], {}]);
    expect(app.explore.margins).toEqual({ absolute: 0.1, relative: 0.05 });
  });

  it('is made again', async () => {
    after(() => app.focus.toggleBin('hard'));
    await undo();
    expect(app.focus.bins.size).toBe(0);
    await app.undoHistory.redo();
    flushSync();
    expect([...app.focus.bins]).toEqual(['hard']);
    expect(app.undoHistory.toUndo).toBe('the filters');
  });

  it('is one change where filters and selection are cleared together', async () => {
    after(() => app.focus.toggleLabel('cat'));
    after(() => app.focus.select([3], 'replace'));
    after(() => app.focus.clear());
    expect(app.undoHistory.toUndo).toBe('the filters');
    await undo();
    expect([[...app.focus.labels], [...app.focus.selection]]).toEqual([['cat'], [3]]);
    expect(app.undoHistory.toUndo).toBe('the selection');
  });

  it('is no change where it is what it was', () => {
    after(() => {
      app.focus.toggleLabel('cat');
      app.focus.toggleLabel('cat');
    });
    after(() => app.pins.set([]));
    after(() => (app.explanation.knobs = {}));
    expect(app.undoHistory.toUndo).toBeNull();
  });
});
