import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import {
  answerPair,
  inspectedPair,
  judgeInspected,
} from '../../../../src-renderer/app/actions/judging.ts';
import { redo, takeBack, undo } from '../../../../src-renderer/app/actions/undo.ts';
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

const told = (): string[] => app.notices.list.map(({ text }) => text);

describe('the pair on the Review page', () => {
  beforeEach(async () => {
    app.pages.go('review');
    await app.review.load(pixelRun);
  });

  it('is judged with the run, told there, and brought back by undo', async () => {
    const first = app.review.current!;
    answerPair(app, 'same');
    expect(app.review.current).not.toEqual(first);
    expect(kinds()).toEqual(['same']);
    const names = `“${first.anchor.path}” and “${first.candidate.path}”`;
    expect(app.verdicts.news?.text).toBe(`${names}: judged the same thing.`);
    await undo(app);
    expect(app.review.current).toEqual(first);
    await app.verdicts.saved;
    expect(await engine.client.call('verdicts.list', {})).toEqual([]);
    expect([app.undoHistory.toUndo, app.verdicts.news]).toEqual([null, null]);
    expect(told()).toEqual([`Taken back: the verdict on ${names}.`]);
  });

  it('is brought back from a skip', async () => {
    const first = app.review.current!;
    app.review.skip();
    await undo(app);
    expect(app.review.current).toEqual(first);
    expect(app.verdicts.skipped.size).toBe(0);
  });

  it('waits for its turn among other changes of the window', async () => {
    app.review.skip();
    let pins = 'new';
    app.undoHistory.add({
      name: 'the pins',
      undo: () => (pins = 'old'),
      redo: () => (pins = 'new'),
    });
    await undo(app);
    expect([pins, app.verdicts.skipped.size, told()]).toEqual([
      'old',
      1,
      ['Taken back: the pins.'],
    ]);
    await undo(app);
    expect(app.verdicts.skipped.size).toBe(0);
    await redo(app);
    await redo(app);
    expect([pins, app.verdicts.skipped.size]).toEqual(['new', 1]);
    expect(told()).toEqual(['Made again: the pins.']);
  });

  it('says that nothing is left to take back', async () => {
    await undo(app);
    expect(told()).toEqual(['Nothing is left to take back.']);
    await redo(app);
    expect(told()).toEqual(['Nothing is left to make again.']);
  });
});

describe('a verdict on another page', () => {
  it('is told with its pair and can be taken back from what tells it, from any page', async () => {
    app.pages.go('explore');
    await app.chooseAnchor(idAt(2));
    app.explore.inspectedId = idAt(9);
    judgeInspected(app, 'different');
    const names = `“${app.library.pictures.pathAt(2)}” and “${app.library.pictures.pathAt(9)}”`;
    expect(told()).toEqual([`${names}: judged different.`]);
    expect(app.notices.list[0]?.action?.name).toBe('Undo');
    app.pages.go('train');
    app.notices.list[0]?.action?.run();
    await expect.poll(told).toEqual([`Taken back: the verdict on ${names}.`]);
    await app.verdicts.saved;
    expect(await engine.client.call('verdicts.list', {})).toEqual([]);
  });

  it('many at once are one edit, saved and taken back together', async () => {
    const picture = (row: number) => ({
      hash: hashAt(row),
      path: app.library.pictures.pathAt(row),
    });
    const pairs = [1, 2, 3].map((row) => [picture(0), picture(row)] as const);
    await engine.client.call('verdicts.set', { pair: [hashAt(0), hashAt(1)], verdict: 'unsure' });
    await expect.poll(kinds).toEqual(['unsure']);
    const judgement = { verdict: 'same', note: 'seen', run: pixelRun } as const;
    app.verdicts.judgeAll(pairs, judgement, { name: '3 verdicts', text: 'Three at once.' });
    const edit = app.undoHistory.latest!;
    expect([told(), app.undoHistory.toUndo, kinds()]).toEqual([
      ...[['Three at once.'], '3 verdicts', ['same', 'same', 'same']],
    ]);
    await app.verdicts.saved;
    expect(await engine.client.call('verdicts.list', {})).toMatchObject(
      pairs.map(() => ({ verdict: 'same', note: 'seen', run: pixelRun })),
    );
    await takeBack(app, edit);
    await app.verdicts.saved;
    expect(await engine.client.call('verdicts.list', {})).toMatchObject([{ verdict: 'unsure' }]);
  });
});
