import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../src-main/contract/client.ts';
import type { EventName, EventPayload } from '../../src-main/contract/events.ts';
import { events } from '../../src-main/contract/events.ts';
import { binNames } from '../../src-main/contract/bins.ts';
import { evidenceBits } from '../../src-main/contract/negatives.ts';
import { methods } from '../../src-main/contract/methods.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import { emojiFolder, openTestEngine, shells } from './engine-shells.ts';
import type { ShellClient, TestEngine } from './engine-shells.ts';
import { addRawPixelRun } from './raw-pixel-run.ts';
import { runToState } from './wait-for-job.ts';

describe.each(Object.entries(shells))('the contract %s', (_name, openShell) => {
  let test: TestEngine;
  let shell: ShellClient;
  let client: EngineClient;
  let run: number;
  const seen: EventName[] = [];

  /** Calls, and checks what comes back against the contract. */
  async function ask<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<MethodOutput<M>> {
    const output = await client.call(method, input);
    expect(methods[method].output.safeParse(output).error).toBeUndefined();
    return output;
  }

  beforeAll(async () => {
    test = await openTestEngine();
    shell = await openShell(test.engine);
    client = shell.client;
    for (const name of Object.keys(events) as EventName[]) {
      client.on(name, (payload: EventPayload<EventName>) => {
        seen.push(name);
        expect(events[name].safeParse(payload).error).toBeUndefined();
      });
    }
  });

  afterAll(async () => {
    await shell.close();
    await test.close();
  });

  it('says that no library is open, and what to do', async () => {
    expect(await ask('library.status', {})).toMatchObject({ file: null, images: 0 });
    expect(await ask('jobs.list', {})).toEqual([]);
    expect(await ask('runs.list', {})).toEqual([]);
    await expect(client.call('library.samples', {})).rejects.toMatchObject({
      code: 'not-found',
      message: 'No library is open: choose a folder of pictures first.',
    });
  });

  it('opens the library of a folder and scans it', async () => {
    const opened = await ask('library.open', { folder: emojiFolder });
    expect(opened.file).toContain(join(test.dataFolder, 'libraries'));
    const status = await runToState(client, 'scan', { folder: emojiFolder });
    expect(status).toMatchObject({ state: 'done', progress: 1, error: null });
    expect(status.result).toMatchObject({ images: 96, files: 96, labels: 8, skipped: [] });
    expect(await ask('library.status', {})).toMatchObject({ images: 96, name: 'emoji' });
    expect(await ask('library.skips', {})).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(['job', 'library', 'runs']));
  });

  it('gives the pictures as columns that keep their types', async () => {
    const samples = await ask('library.samples', {});
    expect(samples.ids).toHaveLength(96);
    const entries = await readdir(emojiFolder, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(samples.labels).toEqual(folders.sort());
    expect(samples.sizes.slice(0, 2)).toEqual(Uint32Array.of(48, 48));
  });

  it('gives pictures by content hash, and refuses everything that is not one', async () => {
    const { hashes } = await ask('library.samples', {});
    const hash = hashes[5]!;
    const thumbnail = await ask('pictures.thumbnail', { hash });
    expect(Buffer.from(thumbnail.subarray(8, 12)).toString()).toBe('WEBP');
    const image = await ask('pictures.image', { hash, size: 40 });
    expect(Buffer.from(image.subarray(8, 12)).toString()).toBe('WEBP');
    for (const wrong of ['../../etc/passwd', hash.slice(1), hash.toUpperCase()]) {
      await expect(client.call('pictures.image', { hash: wrong })).rejects.toMatchObject({
        code: 'bad-argument',
      });
    }
    await expect(client.call('pictures.thumbnail', { hash: '0'.repeat(64) })).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });

  it('draws pairs of views of a picture, the same for the same seed', async () => {
    const anchor = 'food-fruit/1f345__noto.png';
    const wanted = { anchor, size: 24, count: 2, augmentationOverrides: { cropScaleMax: 0.3 } };
    const drawn = await ask('augment.preview', wanted);
    expect(drawn).toMatchObject({ size: 24, count: 2 });
    expect(drawn.picture).toHaveLength(24 * 24 * 3);
    expect(drawn.views).toHaveLength(4 * 24 * 24 * 3);
    expect(await ask('augment.preview', { ...wanted, seed: 1 })).toEqual(drawn);
    expect((await ask('augment.preview', { ...wanted, seed: 2 })).views).not.toEqual(drawn.views);
    await expect(
      client.call('augment.preview', { anchor, augmentationOverrides: { hu: 0.1 } }),
    ).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('did you mean "hue"') as unknown,
    });
    await expect(client.call('augment.preview', { anchor: 'no.png' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('changes labels without reading a picture', async () => {
    expect(await ask('labels.setRule', { rule: 'none' })).toMatchObject({ labels: [] });
    expect((await ask('library.samples', {})).labelIndex.every((label) => label === -1)).toBe(true);
    expect((await ask('labels.setRule', { rule: 'folder' })).labels).toHaveLength(8);
  });

  it('lists runs, lays out a map and says that there is none before', async () => {
    const { file } = await ask('library.status', {});
    run = await addRawPixelRun(file!, emojiFolder);
    expect(await ask('runs.list', {})).toMatchObject([
      { run, name: 'raw pixels', embedded: true, mapped: false },
    ]);
    expect(await ask('runs.history', { run })).toMatchObject({ epochMetrics: [] });
    expect(await ask('runs.map', { run })).toBeNull();
    const made = await runToState(client, 'map', { run: 'raw pixels', seed: 3 });
    expect(made.result).toMatchObject({ points: 96 });
    const map = await ask('runs.map', { run });
    expect(map).toMatchObject({ method: 'umap', seed: 3, neighbours: 15 });
    expect(map!.coordinates).toHaveLength(192);
    expect(map!.coordinates.every(Number.isFinite)).toBe(true);
    const maps = await ask('runs.maps', { run });
    expect(maps).toMatchObject([{ map: map!.map, points: 96, method: 'umap', seed: 3 }]);
    await runToState(client, 'map', { run, method: 'pca' });
    expect(await ask('runs.map', { run })).toMatchObject({ method: 'pca' });
    expect((await ask('runs.maps', { run })).map(({ method }) => method)).toEqual(['pca', 'umap']);
    const chosen = await ask('runs.map', { run, map: map!.map });
    expect(chosen!.coordinates).toEqual(map!.coordinates);
  });

  it('evaluates a run by labels and keeps the scores', async () => {
    const { result } = await runToState(client, 'evaluate', { run, k: 5 });
    const { knn, linear, precisionAt20 } = result as Record<string, number>;
    for (const score of [knn, linear, precisionAt20]) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
    }
    const [summary] = await ask('runs.list', {});
    expect(summary!.metrics).toMatchObject({ knn, linear, precisionAt20 });
  });

  it('finds neighbours of a picture by path and by hash', async () => {
    const anchor = 'food-fruit/1f345__noto.png';
    const found = await ask('anchor.neighbours', { run, anchor, k: 5 });
    expect(found.anchor).toMatchObject({ path: anchor, label: 'food-fruit' });
    expect(found.ids).toHaveLength(5);
    expect([...found.similarities]).toEqual([...found.similarities].sort((a, b) => b - a));
    const byHash = await ask('anchor.neighbours', {
      run,
      anchor: found.anchor.hash.slice(0, 12),
      k: 5,
    });
    expect(byHash).toEqual(found);
  });

  it('explains an anchor: five bins that partition the others, with the knobs that were given', async () => {
    const anchor = 'food-fruit/1f345__noto.png';
    const explained = await ask('anchor.negatives', { run, anchor, beta: 0.5 });
    const counts = binNames.map((name) => explained.binCounts[name]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(95);
    const shares = binNames.map((name) => explained.binShares[name].share);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
    const most = await ask('anchor.negatives', { run, anchor, beta: 0.5, hardShare: 0.9 });
    expect(most.binCounts.hard).toBeGreaterThan(explained.binCounts.hard);
    expect(most.share).toEqual(explained.share);
    expect(explained).toMatchObject({
      candidates: 95,
      parameters: { objective: 'hard', beta: 0.5 },
    });
    expect(new Set(explained.ids).size).toBe(95);
    expect([...explained.similarity]).toEqual([...explained.similarity].sort((a, b) => b - a));
    expect(explained.weight.reduce((total, weight) => total + weight, 0) / 95).toBeCloseTo(1, 4);
    const neighbours = await ask('anchor.neighbours', { run, anchor, k: 95 });
    expect(neighbours.ids).toEqual(explained.ids);
  });

  it('gives what a training wrote down of an anchor, and says why there is nothing', async () => {
    const anchor = 'food-fruit/1f345__noto.png';
    await expect(client.call('anchor.ledger', { run, anchor })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('was not trained here') as unknown,
    });
    const trained = await runToState(client, 'train', {
      ...{ epochs: 1, batch: 48, size: 16, device: 'cpu', ledgerSize: 5, name: 'recorded' },
    });
    expect(trained).toMatchObject({ state: 'done' });
    const recorded = await ask('anchor.ledger', { run: 'recorded', anchor });
    expect(recorded).toMatchObject({ epoch: 1, epochs: [1], anchor: { path: anchor } });
    expect(recorded.ids).toHaveLength(5);
    expect(recorded.share).toHaveLength(5);
    // Of 94 negatives, which do not take the push evenly.
    expect(recorded.totals.effectiveNegatives).toBeGreaterThan(47);
    expect(recorded.totals.effectiveNegatives).toBeLessThan(93.99);
    expect([...recorded.history.loss]).toEqual([Math.fround(recorded.totals.loss)]);
    const numbers = await ask('runs.pictureNumbers', { run: 'recorded' });
    expect(numbers.epoch).toBe(1);
    const index = numbers.ids.indexOf(recorded.anchor.id);
    expect(numbers.loss[index]).toBe(Math.fround(recorded.totals.loss));
    const batch = await ask('anchor.negatives', { run: 'recorded', anchor, batchSeed: 3 });
    expect(batch).toMatchObject({ candidates: 47, embedded: 96, batch: { size: 48, seed: 3 } });
    const again = await ask('anchor.negatives', { run: 'recorded', anchor, batchSeed: 3, beta: 2 });
    expect(again.ids).toEqual(batch.ids);
    const other = await ask('anchor.negatives', { run: 'recorded', anchor, batchSeed: 4 });
    expect(new Set(other.ids)).not.toEqual(new Set(batch.ids));
  });

  it('keeps verdicts on pairs of pictures, and the groups they make', async () => {
    const { paths, hashes } = await ask('library.samples', {});
    const [a = '', b = '', c = ''] = paths;
    const given = await ask('verdicts.set', { pair: [b, a], verdict: 'same', note: 'twins', run });
    expect(given).toMatchObject({ verdict: 'same', note: 'twins', run });
    expect(given.pair.map(({ path }) => path).sort()).toEqual([a, b].sort());
    await ask('verdicts.set', { pair: [b, hashes[2]!], verdict: 'same' });
    await ask('verdicts.set', { pair: [a, c], verdict: 'different' });
    expect(await ask('verdicts.list', {})).toHaveLength(3);
    const { ids } = await ask('library.samples', {});
    const explained = await ask('anchor.negatives', { run, anchor: a });
    const evidenceOf = (id: number) => explained.evidence[explained.ids.indexOf(id)]!;
    expect(evidenceOf(ids[1]!) & evidenceBits.verdict).not.toBe(0);
    expect(binNames[explained.bin[explained.ids.indexOf(ids[1]!)]!]).toBe('false');
    expect(evidenceOf(ids[5]!) & evidenceBits.verdict).toBe(0);
    const { groups, conflicts } = await ask('verdicts.groups', {});
    expect(groups).toMatchObject([{ length: 3 }]);
    expect(conflicts).toMatchObject([{ chain: { length: 3 } }]);
    expect(await ask('verdicts.remove', { pair: [c, a] })).toEqual({ removed: true });
    expect(await ask('verdicts.remove', { pair: [c, a] })).toEqual({ removed: false });
    expect((await ask('verdicts.groups', {})).conflicts).toEqual([]);
    await ask('verdicts.set', { pair: [a, b], verdict: 'different' });
    const apart = await ask('anchor.negatives', { run, anchor: a });
    expect(binNames[apart.bin[apart.ids.indexOf(ids[1]!)]!]).not.toBe('false');
    expect(seen).toContain('verdicts');
    const itself = client.call('verdicts.set', { pair: [a, a], verdict: 'same' });
    await expect(itself).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('two different pictures') as unknown,
    });
  });

  it('names the field that is wrong, the run and the anchor that are not there', async () => {
    await expect(client.call('anchor.neighbours', { run, anchor: 'x', k: 0 })).rejects.toThrow(
      /^"k" must be at least 1\.$/,
    );
    await expect(
      client.call('anchor.neighbours', { run: 'nobody', anchor: 'x' }),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('raw pixels') as unknown,
    });
    await expect(
      client.call('anchor.neighbours', { run, anchor: 'food-fruit/1f345__nto.png' }),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('the nearest') as unknown,
    });
    await expect(
      client.call('jobs.start', { kind: 'map', input: { run: 99 } }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.call('jobs.cancel', { job: 99 })).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no job 99.',
    });
    await expect(client.call('no.such' as 'jobs.list', {})).rejects.toMatchObject({
      code: 'bad-argument',
      message: 'The engine has no method "no.such".',
    });
    await expect(client.call('constructor' as 'jobs.list', {})).rejects.toMatchObject({
      code: 'bad-argument',
    });
  });

  it('keeps the failure of a job: a folder that is not there', async () => {
    const status = await runToState(client, 'scan', { folder: '/no/such/folder' });
    expect(status).toMatchObject({
      state: 'failed',
      error: { code: 'bad-picture-folder', message: 'There is no folder /no/such/folder.' },
    });
  });

  it('browses folders for a client that cannot see the disk', async () => {
    const listing = await ask('folders.browse', { path: emojiFolder });
    expect(listing.folders).toHaveLength(8);
    const inner = await ask('folders.browse', { path: listing.folders[0]!.path });
    expect(inner).toMatchObject({ parent: emojiFolder, pictureCount: 12 });
  });

  it('remembers the library and opens it again unasked', async () => {
    const { file } = await ask('library.status', {});
    expect(await ask('library.recent', {})).toMatchObject([{ file, name: 'emoji' }]);
    expect(await ask('library.open', {})).toMatchObject({ file, images: 96 });
  });
});
