import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { listRuns } from '../../../src-main/engine/store/runs.ts';
import { runToState, waitForState } from '../../contract/wait-for-job.ts';
import { makeManyPictures } from './many-pictures.ts';
import { scannedLibraryFile } from '../../libraries/scanned-library.ts';

let file: string;

beforeEach(async () => {
  file = await scannedLibraryFile(['animal-bird', 'food-fruit', 'clothing']);
});

async function openEngine(): Promise<Engine> {
  const folder = dirname(file);
  const folders = { dataFolder: folder, modelFolder: folder, workingFolder: folder };
  const engine = createEngine({ ...folders, now: () => Date.now() });
  await engine.call('library.open', { file });
  return engine;
}

const training = {
  name: 'long',
  epochs: 500,
  batch: 12,
  size: 16,
  device: 'cpu',
  seed: 7,
} as const;

/** Resolves once the job has a run. */
async function beginning(engine: Engine, job: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<JobStatus>();
  const unsubscribe = engine.on('job', (status) => {
    if (status.job === job && status.detail['epoch'] !== undefined) resolve(status);
  });
  await promise.finally(unsubscribe);
}

async function statusOf(engine: Engine, job: number): Promise<JobStatus | undefined> {
  return (await engine.call('jobs.list', {})).find((status) => status.job === job);
}

/** The weights that a training of six epochs ends with; `meanwhile` is done after it has begun. */
async function trainedWeights(meanwhile: (engine: Engine) => Promise<void>): Promise<string> {
  file = await scannedLibraryFile(['animal-bird', 'food-fruit', 'clothing']);
  const engine = await openEngine();
  await runToState(engine, 'embed', { encoder: 'pixels', name: 'plain' });
  const input = { ...training, epochs: 6 };
  const { job } = await engine.call('jobs.start', { kind: 'train', input });
  await beginning(engine, job);
  await meanwhile(engine);
  expect(await waitForState(engine, job)).toMatchObject({ state: 'done' });
  await engine.close();
  const library = openLibrary(file, { mode: 'read', now: () => 0 });
  const hash = listRuns(library).find(({ name }) => name === 'long')?.weightsHash;
  library.close();
  return hash ?? 'none';
}

describe('a short job', () => {
  it('on another run goes before a training, which then goes on by itself; both are listed', async () => {
    const engine = await openEngine();
    await runToState(engine, 'embed', { encoder: 'pixels', name: 'plain' });
    const { job: long } = await engine.call('jobs.start', { kind: 'train', input: training });
    const next = { ...training, name: 'next' };
    const { job: waiting } = await engine.call('jobs.start', { kind: 'train', input: next });
    await beginning(engine, long);
    const map = await engine.call('jobs.start', { kind: 'map', input: { run: 'plain' } });
    expect(map.state).toBe('running');
    expect(await engine.call('jobs.list', {})).toMatchObject([
      { job: map.job, state: 'running' },
      { job: waiting, state: 'queued', message: '' },
      { job: long, state: 'queued', message: 'Waits for “Map of plain”' },
      {},
    ]);
    expect(await waitForState(engine, map.job)).toMatchObject({ state: 'done' });
    expect(await statusOf(engine, long)).toMatchObject({ state: 'running' });
    await beginning(engine, long);
    expect(await runToState(engine, 'evaluate', { run: 'plain' })).toMatchObject({
      state: 'done',
    });
    await engine.call('jobs.cancel', { job: waiting });
    await engine.call('jobs.cancel', { job: long });
    await waitForState(engine, long, ['cancelled']);
    await engine.close();
  });

  it('changes nothing of the training: the weights are the same to the last bit', async () => {
    const alone = await trainedWeights(() => Promise.resolve());
    const between = await trainedWeights(async (engine) => {
      expect(await runToState(engine, 'map', { run: 'plain' })).toMatchObject({ state: 'done' });
      await runToState(engine, 'neighbours', { run: 'plain' });
    });
    expect(alone).toMatch(/^[0-9a-f]{64}$/);
    expect(between).toBe(alone);
  });

  it('waits for the training of its own run, and for a scan', async () => {
    const engine = await openEngine();
    await runToState(engine, 'embed', { encoder: 'pixels', name: 'plain' });
    const { job: long } = await engine.call('jobs.start', { kind: 'train', input: training });
    await beginning(engine, long);
    const own = await engine.call('jobs.start', { kind: 'map', input: { run: 'long' } });
    expect(own.state).toBe('queued');
    const { folders } = await engine.call('library.status', {});
    const [{ path } = { path: '' }] = folders;
    await engine.call('jobs.start', { kind: 'scan', input: { folder: path } });
    const after = await engine.call('jobs.start', { kind: 'map', input: { run: 'plain' } });
    expect(after.state).toBe('queued');
    expect(await statusOf(engine, long)).toMatchObject({ state: 'running' });
    await engine.close();
  });

  it('goes before an embedding, which leaves out nothing', async () => {
    const engine = await openEngine();
    await runToState(engine, 'embed', { encoder: 'pixels', name: 'plain' });
    await runToState(engine, 'train', { ...training, epochs: 1, name: 'short' });
    const pictures = join(dirname(file), 'many');
    await makeManyPictures(pictures, 400);
    await runToState(engine, 'scan', { folder: pictures });
    const { job: long } = await engine.call('jobs.start', {
      kind: 'embed',
      input: { encoder: 'hog', name: 'long' },
    });
    // Its run is not known yet, but it is none that was trained.
    const scores = await engine.call('jobs.start', { kind: 'evaluate', input: { run: 'short' } });
    expect(scores.state).toBe('running');
    expect(await statusOf(engine, long)).toMatchObject({
      state: 'queued',
      message: 'Waits for “Evaluate short”',
    });
    expect(await waitForState(engine, long)).toMatchObject({
      state: 'done',
      result: { embedded: 436, leftOut: [] },
    });
    expect(await statusOf(engine, scores.job)).toMatchObject({ state: 'done' });
    await engine.close();
  });

  it('does not wake a training that was paused or cancelled meanwhile', async () => {
    const engine = await openEngine();
    await runToState(engine, 'embed', { encoder: 'pixels', name: 'plain' });
    const { job: long } = await engine.call('jobs.start', { kind: 'train', input: training });
    await beginning(engine, long);
    const map = await engine.call('jobs.start', { kind: 'map', input: { run: 'plain' } });
    await engine.call('jobs.pause', { job: long });
    await waitForState(engine, map.job);
    expect(await statusOf(engine, long)).toMatchObject({ state: 'paused' });
    await engine.call('jobs.resume', { job: long });
    await beginning(engine, long);
    const again = { run: 'plain', method: 'pca' } as const;
    const other = await engine.call('jobs.start', { kind: 'map', input: again });
    await engine.call('jobs.cancel', { job: long });
    await waitForState(engine, other.job);
    expect(await statusOf(engine, long)).toMatchObject({ state: 'cancelled' });
    await engine.close();
  });
});
