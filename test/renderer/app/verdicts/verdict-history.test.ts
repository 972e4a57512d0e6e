import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import { samePairKey } from '../../../../src-main/contract/judged-pairs.ts';
import { JudgedPictures } from '../../../../src-renderer/app/verdicts/judged-pictures.svelte.ts';
import { Notices } from '../../../../src-renderer/app/window/notices.svelte.ts';
import { UndoHistory } from '../../../../src-renderer/app/undo/undo-history.svelte.ts';
import {
  VerdictHistory,
  type ShownPair,
  type VerdictNews,
} from '../../../../src-renderer/app/verdicts/verdict-history.svelte.ts';
import type { Connection } from '../../../../src-renderer/connection/connection.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';

function historyOn(connection: Connection) {
  const judged = new JudgedPictures(connection);
  const [notices, undoHistory] = [new Notices(), new UndoHistory()];
  const news: VerdictNews[] = [];
  const now = (): number => Date.UTC(2026, 0, 2);
  const history = new VerdictHistory({
    connection,
    judged,
    notices,
    undoHistory,
    now,
  });
  history.onNews = (one) => void news.push(one);
  return { news, judged, notices, undoHistory, history };
}

describe('the verdicts of this window, saved by a real engine', () => {
  let engine: EmojiEngine;
  let first: ShownPair;
  let second: ShownPair;
  let around: ReturnType<typeof historyOn>;

  beforeAll(async () => {
    engine = await openEmojiEngine();
    const { hashes, paths } = await engine.client.call('library.samples', {});
    const picture = (row: number) => ({ hash: hashes[row]!, path: paths[row]! });
    first = [picture(7), picture(2)];
    second = [picture(1), picture(3)];
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    around = historyOn(engine.connection);
    for (const { pair } of await engine.client.call('verdicts.list', {})) {
      const hashes: [string, string] = [pair[0].hash, pair[1].hash];
      await engine.client.call('verdicts.remove', { pair: hashes });
    }
    await around.judged.refresh();
  });

  /** What the engine keeps, once it has saved every change. */
  async function saved(): Promise<string[]> {
    await around.history.saved;
    const list = await engine.client.call('verdicts.list', {});
    return list.map(({ verdict, note }) => `${verdict}${note === '' ? '' : `: ${note}`}`);
  }

  const judge = (pair: ShownPair, verdict: 'same' | 'different', note = ''): void =>
    around.history.judge(pair, { verdict, note, run: pixelRun });

  it('are seen at once and saved with note, run and time', async () => {
    judge(first, 'same', 'both are hens');
    expect(around.judged.pairs.own(first[0].hash, first[1].hash)?.verdict).toBe('same');
    await around.history.saved;
    expect(await engine.client.call('verdicts.list', {})).toMatchObject([
      { verdict: 'same', note: 'both are hens', run: pixelRun, time: '2026-01-02T00:00:00.000Z' },
    ]);
  });

  it('are taken back one after the other, to the verdict before', async () => {
    judge(first, 'same');
    judge(first, 'different', 'looked again');
    judge(second, 'same');
    expect(around.news.map(({ text }) => text.split(': ')[1])).toEqual([
      ...['judged the same thing.', 'judged different.', 'judged the same thing.'],
    ]);
    expect(await saved()).toHaveLength(2);
    await around.undoHistory.undo();
    expect(await saved()).toEqual(['different: looked again']);
    await around.undoHistory.undo();
    expect(await saved()).toEqual(['same']);
    await around.undoHistory.undo();
    expect(await saved()).toEqual([]);
    expect(around.history.done).toEqual([]);
    await around.undoHistory.redo();
    expect(await saved()).toEqual(['same']);
    expect(around.history.done).toHaveLength(1);
  });

  it('that are removed can be had back', async () => {
    judge(first, 'different', 'why not');
    around.history.takeBack(first);
    expect(await saved()).toEqual([]);
    await around.undoHistory.undo();
    expect(await saved()).toEqual(['different: why not']);
  });

  it('are the last one where many are given in one breath', async () => {
    for (const verdict of ['same', 'different', 'same', 'different'] as const)
      judge(first, verdict);
    expect(await saved()).toEqual(['different']);
    expect(around.judged.list.map(({ verdict }) => verdict)).toEqual(['different']);
  });

  it('are named with both pictures after “undo”', () => {
    judge([first[0], { ...first[1], path: null }], 'same');
    const gone = first[1].hash.slice(0, 12);
    expect(around.undoHistory.toUndo).toBe(`the verdict on “${first[0].path}” and “${gone}”`);
    around.history.skip(second);
    expect(around.undoHistory.toUndo).toBe(
      `passing over “${second[0].path}” and “${second[1].path}”`,
    );
  });

  it('pass a pair over until it is judged or the skip is taken back; the engine hears nothing', async () => {
    const key = samePairKey(first[0].hash, first[1].hash);
    around.history.skip(first);
    expect(around.history.skipped.has(key)).toBe(true);
    expect(await saved()).toEqual([]);
    await around.undoHistory.undo();
    expect(around.history.skipped.size).toBe(0);
    await around.undoHistory.redo();
    expect(around.history.skipped.has(key)).toBe(true);
    judge(first, 'same');
    expect(around.history.skipped.size).toBe(0);
    await around.history.saved;
  });

  it('are forgotten for another library, where the engine keeps them', async () => {
    judge(first, 'same');
    around.history.skip(second);
    around.history.clear();
    expect([around.history.done.length, around.history.skipped.size]).toEqual([0, 0]);
    expect(await saved()).toEqual(['same']);
  });
});

describe('the verdicts of this window, with a client that answers that its disk is full', () => {
  it('are not shown as saved, and the failure is', async () => {
    const client = new AnsweringClient({
      'verdicts.list': () => [],
      'verdicts.set': () => {
        throw new EngineError('disk-full', 'The disk is full.');
      },
    });
    const around = historyOn(await connectionTo(client));
    const picture = (hash: string) => ({ hash, path: null });
    const pair = [picture('a'), picture('b')] as const;
    around.history.judge(pair, { verdict: 'same', note: '', run: null });
    expect(around.judged.kindOf('a')).toBe('same');
    await around.history.saved;
    expect(around.judged.kindOf('a')).toBe('none');
    expect(around.notices.list.map(({ text }) => text)).toEqual(['The disk is full.']);
    expect(client.inputsOf('verdicts.set')).toEqual([
      { pair: ['a', 'b'], verdict: 'same', note: '', time: '2026-01-02T00:00:00.000Z' },
    ]);
  });
});
