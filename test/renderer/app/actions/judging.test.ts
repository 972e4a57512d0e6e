import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import {
  answerPair,
  inspectedPair,
  judgeInspected,
  undoVerdict,
} from '../../../../src-renderer/app/actions/judging.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';
import { newApp } from '../../open-app.ts';

let engine: EmojiEngine;
let app: AppState;
beforeAll(async () => {
  engine = await openEmojiEngine();
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});
beforeEach(async () => {
  for (const { pair } of await engine.client.call('verdicts.list', {})) {
    await engine.client.call('verdicts.remove', { pair: [pair[0].hash, pair[1].hash] });
  }
  ({ app } = newApp(() => engine.connect()));
  await app.start();
});

const idAt = (row: number): number => app.library.pictures.idAt(row);
const hashAt = (row: number): string => app.library.pictures.hashAt(row);
const kinds = (): string[] => app.judged.list.map(({ verdict }) => verdict);

describe('the pair that Explore shows, on a real engine', () => {
  beforeEach(async () => {
    app.pages.go('explore');
    await app.chooseAnchor(idAt(2));
  });

  it('is the anchor and the negative whose numbers are looked at', () => {
    expect(inspectedPair(app)).toBeNull();
    app.explore.inspectedId = idAt(9);
    expect(inspectedPair(app)).toEqual([
      { hash: hashAt(2), path: app.library.pictures.pathAt(2) },
      { hash: hashAt(9), path: app.library.pictures.pathAt(9) },
    ]);
    app.explore.inspectedId = idAt(2);
    expect(inspectedPair(app)).toBeNull();
    app.explore.inspectedId = idAt(9);
    app.pages.go('train');
    expect(inspectedPair(app)).toBeNull();
  });

  it('is judged with the run, and keeps what was noted on it', async () => {
    app.explore.inspectedId = idAt(9);
    const pair: [string, string] = [hashAt(2), hashAt(9)];
    await engine.client.call('verdicts.set', { pair, verdict: 'unsure', note: 'look again' });
    await expect.poll(kinds).toEqual(['unsure']);
    judgeInspected(app, 'different');
    expect(kinds()).toEqual(['different']);
    await app.verdicts.saved;
    expect(await engine.client.call('verdicts.list', {})).toMatchObject([
      { verdict: 'different', note: 'look again', run: pixelRun },
    ]);
  });

  it('is not judged where there is none', async () => {
    judgeInspected(app, 'same');
    await app.verdicts.saved;
    expect(await engine.client.call('verdicts.list', {})).toEqual([]);
  });
});

describe('the pair on the Review page', () => {
  it('is judged with the run, and brought back by undo', async () => {
    await app.review.load(pixelRun);
    const first = app.review.current!;
    answerPair(app, 'same');
    expect(app.review.current).not.toEqual(first);
    expect(kinds()).toEqual(['same']);
    await undoVerdict(app);
    expect(app.review.current).toEqual(first);
    await app.verdicts.saved;
    expect(await engine.client.call('verdicts.list', {})).toEqual([]);
    expect(app.undoHistory.toUndo).toBeNull();
  });

  it('is brought back from a skip, and from among other changes of the window', async () => {
    await app.review.load(pixelRun);
    const first = app.review.current!;
    app.review.skip();
    app.undoHistory.add({ name: 'the pins', undo: () => undefined, redo: () => undefined });
    await undoVerdict(app);
    expect(app.review.current).toEqual(first);
    expect(app.verdicts.skipped.size).toBe(0);
    expect(app.undoHistory.toUndo).toBe('the pins');
  });

  it('says that nothing is left to take back', async () => {
    await undoVerdict(app);
    expect(app.notices.list.map(({ text }) => text)).toEqual(['No verdict is left to take back.']);
  });
});
