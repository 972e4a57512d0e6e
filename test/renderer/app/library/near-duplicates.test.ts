import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NearDuplicates } from '../../../../src-main/contract/near-duplicates.ts';
import { NearDuplicatesState } from '../../../../src-renderer/app/library/near-duplicates.svelte.ts';
import { runToState } from '../../../contract/wait-for-job.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';

describe('the near-duplicates of a run, as a real engine finds them', () => {
  let engine: EmojiEngine;
  let near: NearDuplicatesState;
  beforeAll(async () => {
    engine = await openEmojiEngine();
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
});
