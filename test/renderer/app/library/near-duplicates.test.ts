import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NearDuplicates } from '../../../../src-main/contract/near-duplicates.ts';
import { NearDuplicatesState } from '../../../../src-renderer/app/library/near-duplicates.svelte.ts';
import { Pictures } from '../../../../src-renderer/app/library/pictures.ts';
import { runToState } from '../../../contract/wait-for-job.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';
import { picturesOf } from '../../pictures-of.ts';
import { verdictOf } from '../../verdict-of.ts';

describe('the near-duplicates of a run, as a real engine finds them', () => {
  let engine: EmojiEngine;
  let near: NearDuplicatesState;
  let pictures: Pictures;
  beforeAll(async () => {
    engine = await openEmojiEngine();
    pictures = new Pictures(await engine.client.call('library.samples', {}));
    near = new NearDuplicatesState(engine.connection);
  });
  afterAll(() => engine.close());

  it('are not known before the neighbours were searched', async () => {
    expect([near.found, near.answered]).toEqual([null, null]);
    await near.load({ run: pixelRun, threshold: 1 });
    expect([near.found, near.groups]).toEqual([null, []]);
    expect(near.answered).toEqual({ run: pixelRun, threshold: 1 });
  });

  it('are groups of pictures, joined by one link fewer than they have pictures', async () => {
    await runToState(engine.client, 'neighbours', { run: pixelRun });
    await near.load({ run: pixelRun, threshold: 1 });
    expect(near.groups.length).toBeGreaterThan(0);
    for (const { pictures: ids, links } of near.groups) {
      expect(links).toHaveLength(ids.length - 1);
      expect(new Set(links.flatMap(({ pair }) => pair))).toEqual(new Set(ids));
      for (const { distance } of links) expect(distance).toBeLessThanOrEqual(near.found!.cut);
    }
  });

  it('are saved as the same thing, but for what was judged otherwise, and taken back', async () => {
    const links = near.groups.flatMap((group) => group.links);
    const [judged, ...others] = links;
    const pair = judged!.pair.map((id) => pictures.hashOf(id)) as [string, string];
    await engine.client.call('verdicts.set', { pair, verdict: 'different' });
    const { edit, marked, otherwise } = await near.markSame(near.groups, pictures, pixelRun);
    expect([marked, otherwise]).toEqual([others.length, 1]);
    const kinds = async (): Promise<string[]> =>
      (await engine.client.call('verdicts.list', {})).map(({ verdict }) => verdict).toSorted();
    const all = ['different', ...others.map(() => 'same')];
    expect(await kinds()).toEqual(all);
    await near.refreshSame();
    const [a, b] = others.at(-1)!.pair.map((id) => pictures.hashOf(id));
    expect(near.isSame(a!, b!)).toBe(true);
    const again = await near.markSame(near.groups, pictures, pixelRun);
    expect([again.marked, again.otherwise]).toEqual([0, 1]);
    await edit.undo();
    expect(await kinds()).toEqual(['different']);
    await edit.redo();
    expect(await kinds()).toEqual(all);
  });

  it('are none for another library', () => {
    near.clear();
    expect([near.found, near.answered, near.groups]).toEqual([null, null, []]);
  });
});

describe('near-duplicates, with a client that answers when the test says so', () => {
  const found: NearDuplicates = {
    ...{
      median: 1,
      cut: 0.5,
      groups: [{ pictures: Uint32Array.of(1, 2), links: Uint32Array.of(0) }],
    },
    first: Uint32Array.of(1),
    second: Uint32Array.of(2),
    distance: Float32Array.of(0.25),
  };

  it('do not come back late after they were cleared', async () => {
    const late = Promise.withResolvers<NearDuplicates>();
    const client = new AnsweringClient({ 'runs.nearDuplicates': () => late.promise });
    const near = new NearDuplicatesState(await connectionTo(client));
    const loading = near.load({ run: 1, threshold: 0.5 });
    near.clear();
    late.resolve(found);
    await loading;
    expect([near.found, near.answered]).toEqual([null, null]);
  });

  it('are the same by what was judged, through others too, and never of pictures without a verdict', async () => {
    const client = new AnsweringClient({
      'verdicts.groups': () => ({
        groups: [
          ['a', 'b', 'c'],
          ['d', 'e'],
        ].map((group) => group.map((hash) => ({ hash, path: null }))),
        conflicts: [],
      }),
    });
    const near = new NearDuplicatesState(await connectionTo(client));
    expect(near.isSame('a', 'b')).toBe(false);
    await near.refreshSame();
    expect([near.isSame('a', 'c'), near.isSame('a', 'd'), near.isSame('x', 'y')]).toEqual([
      ...[true, false, false],
    ]);
  });

  it('that cannot be saved are not counted as marked', async () => {
    const client = new AnsweringClient({
      'runs.nearDuplicates': () => found,
      'verdicts.list': () => [verdictOf('x', 'y', 'same')],
    });
    const near = new NearDuplicatesState(await connectionTo(client));
    await near.load({ run: 1, threshold: 0.5 });
    const pictures = picturesOf({ id: 1, path: '1.png' }, { id: 2, path: '2.png' });
    expect(near.groups).toEqual([{ pictures: [1, 2], links: [{ pair: [1, 2], distance: 0.25 }] }]);
    await expect(near.markSame(near.groups, pictures, 1)).rejects.toThrow('verdicts.set');
  });
});
