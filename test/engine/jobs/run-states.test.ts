import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { unfinishedJobs, updateJob } from '../../../src-main/engine/store/jobs.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { listRuns, updateRun } from '../../../src-main/engine/store/runs.ts';
import { killAt } from '../../cli/run-cli.ts';
import { runToState, waitForState } from '../../contract/wait-for-job.ts';
import { scannedLibraryFile } from '../../libraries/scanned-library.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  file = await scannedLibraryFile();
  folder = dirname(file);
});

async function openEngine(resumesJobs = true): Promise<Engine> {
  const options = { dataFolder: folder, modelFolder: folder, workingFolder: folder };
  const engine = createEngine({ ...options, now: () => Date.now(), resumesJobs });
  await engine.call('library.open', { file });
  return engine;
}

const training = { name: 'long', epochs: 500, batch: 24, size: 16, device: 'cpu' } as const;

/** Starts a training and waits until it has a run. */
async function begin(engine: Engine): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<JobStatus>();
  const unsubscribe = engine.on('job', (status) => {
    if (status.detail['epoch'] !== undefined) resolve(status);
  });
  const { job } = await engine.call('jobs.start', { kind: 'train', input: training });
  await promise.finally(unsubscribe);
  return job;
}

async function stateOf(engine: Engine): Promise<RunSummary['state'] | undefined> {
  return (await engine.call('runs.list', {})).find(({ name }) => name === 'long')?.state;
}

/** What is on file, as another process would find it. */
function stateOnFile(): string | undefined {
  const library = openLibrary(file, { mode: 'read', now: () => Date.now() });
  try {
    return listRuns(library)[0]?.state;
  } finally {
    library.close();
  }
}

describe('the run of a training', () => {
  it('is paused with its job, goes on with it, and sends an event', async () => {
    const engine = await openEngine();
    const job = await begin(engine);
    expect(await stateOf(engine)).toBe('training');
    let events = 0;
    engine.on('runs', () => (events += 1));
    await engine.call('jobs.pause', { job });
    expect(await stateOf(engine)).toBe('paused');
    expect(events).toBe(1);
    await engine.call('jobs.resume', { job });
    expect(await stateOf(engine)).toBe('training');
    await engine.call('jobs.pause', { job });
    await engine.call('jobs.cancel', { job });
    await waitForState(engine, job, ['cancelled']);
    expect(await stateOf(engine)).toBe('cancelled');
    await engine.close();
  });

  it('is cancelled with a job that the next start has not gone on with yet', async () => {
    const engine = await openEngine();
    const job = await begin(engine);
    await engine.close();
    expect(stateOnFile()).toBe('paused');
    const next = await openEngine(false);
    expect(await stateOf(next)).toBe('paused');
    expect(await next.call('jobs.cancel', { job })).toMatchObject({ state: 'cancelled' });
    expect(await stateOf(next)).toBe('cancelled');
    await next.close();
    expect(stateOnFile()).toBe('cancelled');
  });

  it('is cancelled with a job that waits in the queue behind another', async () => {
    const engine = await openEngine();
    const job = await begin(engine);
    await engine.call('jobs.pause', { job });
    const other = { ...training, name: 'other' };
    await engine.call('jobs.start', { kind: 'train', input: other });
    expect(await engine.call('jobs.resume', { job })).toMatchObject({ state: 'queued' });
    expect(await stateOf(engine)).toBe('paused');
    await engine.call('jobs.cancel', { job });
    await waitForState(engine, job, ['cancelled']);
    expect(await stateOf(engine)).toBe('cancelled');
    await engine.close();
  });

  it('is not gone on with when the app is closed right after Cancel', async () => {
    const engine = await openEngine();
    const job = await begin(engine);
    await engine.call('jobs.cancel', { job });
    await engine.close();
    const next = await openEngine();
    expect((await next.call('jobs.list', {}))[0]).toMatchObject({ job, state: 'cancelled' });
    expect(await stateOf(next)).toBe('cancelled');
    await next.close();
  });

  it('fails with its job where it cannot go on', async () => {
    const engine = await openEngine();
    const job = await begin(engine);
    await engine.close();
    const library = openLibrary(file, { mode: 'write', now: () => Date.now() });
    library.query('DELETE FROM files').run();
    library.close();
    const next = await openEngine();
    const failed = await waitForState(next, job);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'too-few-pictures' } });
    expect(await stateOf(next)).toBe('failed');
    await next.close();
  });

  it('says after a kill that it is paused, then trains again where jobs are resumed', async () => {
    const { epochs, batch, size } = training;
    const numbers = { epochs, batch, size };
    const options = Object.entries(numbers).flatMap(([key, value]) => [`--${key}`, String(value)]);
    const args = ['--library', file, 'train', '--name', 'long', '--device', 'cpu', ...options];
    await killAt(folder, [...args, '--json'], ({ epoch }) => Number(epoch) >= 1);
    const engine = await openEngine(false);
    expect(await stateOf(engine)).toBe('paused');
    await engine.close();
    const next = await openEngine();
    expect(await stateOf(next)).toBe('training');
    await next.close();
  });

  it('stays paused where the app died three times during its job', async () => {
    const engine = await openEngine();
    const job = await begin(engine);
    await engine.close();
    for (let death = 0; death < 3; death++) {
      const library = openLibrary(file, { mode: 'write', now: () => Date.now() });
      updateJob(library, unfinishedJobs(library)[0]!.id, { state: 'running' });
      updateRun(library, 1, { state: 'training' });
      library.close();
      const next = await openEngine();
      if (death === 2) {
        expect((await next.call('jobs.list', {}))[0]).toMatchObject({ job, state: 'paused' });
        expect(await stateOf(next)).toBe('paused');
      }
      await next.close();
    }
  });

  it('ends where an older version left it behind when its job ended', async () => {
    const engine = await openEngine();
    const job = await begin(engine);
    await engine.call('jobs.cancel', { job });
    await waitForState(engine, job, ['cancelled']);
    await engine.close();
    const older = openLibrary(file, { mode: 'write', now: () => Date.now() });
    updateRun(older, 1, { state: 'training' });
    older.close();
    const next = await openEngine();
    expect(await stateOf(next)).toBe('cancelled');
    await next.close();
  });
});

it('cannot be deleted while its job waits, and a job whose run is deleted says so in its turn', async () => {
  const engine = await openEngine();
  await runToState(engine, 'embed', { encoder: 'pixels', name: 'twin' });
  const job = await begin(engine);
  await engine.call('jobs.pause', { job });
  await expect(engine.call('runs.delete', { run: 'long' })).rejects.toMatchObject({
    message: `The run "long" is not finished: cancel job ${job} first, then delete it.`,
  });
  await engine.call('jobs.resume', { job });
  const again = await engine.call('jobs.start', { kind: 'embed', input: { encoder: 'twin' } });
  expect(again.state).toBe('queued');
  await engine.call('runs.delete', { run: 'twin' });
  await engine.call('jobs.cancel', { job });
  expect(await waitForState(engine, again.job)).toMatchObject({
    state: 'failed',
    error: { code: 'not-found', message: expect.stringContaining('was deleted') as string },
  });
  await engine.call('runs.delete', { run: 'long' });
  await engine.close();
});
