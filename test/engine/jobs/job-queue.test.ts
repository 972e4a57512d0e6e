import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { createJob, unfinishedJobs, updateJob } from '../../../src-main/engine/store/jobs.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { killAt } from '../../cli/run-cli.ts';
import { runToState, waitForState } from '../../contract/wait-for-job.ts';
import { makeManyPictures } from './many-pictures.ts';

const pictureCount = 400;

let folder: string;
let manyPictures: string;
let libraryNumber = 0;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'negatoscope-jobs-'));
  manyPictures = join(folder, 'many pictures');
  await makeManyPictures(manyPictures, pictureCount);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  file = join(folder, `library ${++libraryNumber}.sqlite`);
});

async function openEngine(): Promise<Engine> {
  const engine = createEngine({
    dataFolder: folder,
    modelFolder: folder,
    workingFolder: folder,
    now: () => Date.now(),
  });
  await engine.call('library.open', { file });
  return engine;
}

function beginning(engine: Engine, job: number): Promise<JobStatus> {
  const { promise, resolve } = Promise.withResolvers<JobStatus>();
  const unsubscribe = engine.on('job', (status) => {
    if (status.job === job && status.progress > 0.05) resolve(status);
  });
  return promise.finally(unsubscribe);
}

const scanMany = () => ({ kind: 'scan', input: { folder: manyPictures } }) as const;
const scanFew = () => ({ kind: 'scan', input: { folder: emojiFolder } }) as const;

describe('the job queue', () => {
  it('runs one job at a time, in their order, and reports progress at most 10 times a second', async () => {
    const engine = await openEngine();
    const statuses: JobStatus[] = [];
    engine.on('job', (status) => statuses.push(status));
    const first = await engine.call('jobs.start', scanMany());
    const second = await engine.call('jobs.start', scanFew());
    expect([first.state, second.state]).toEqual(['running', 'queued']);
    const startedAt = performance.now();
    await waitForState(engine, second.job);
    const seconds = (performance.now() - startedAt) / 1000;
    const order = statuses.filter(({ state }) => state === 'running' || state === 'done');
    expect(order.findIndex(({ job }) => job === second.job)).toBeGreaterThan(
      order.findIndex(({ job, state }) => job === first.job && state === 'done'),
    );
    expect(statuses.length).toBeLessThan(10 * seconds + 12);
    expect(await engine.call('jobs.list', {})).toMatchObject([
      { job: second.job, state: 'done', title: 'Scan emoji', result: { images: 96 } },
      { job: first.job, state: 'done', result: { images: pictureCount } },
    ]);
    await engine.close();
  });

  it('answers other calls within 50 ms while a job runs', async () => {
    const engine = await openEngine();
    const { job } = await engine.call('jobs.start', scanMany());
    await beginning(engine, job);
    const times: number[] = [];
    for (let call = 0; call < 20; call++) {
      const start = performance.now();
      await engine.call('library.status', {});
      times.push(performance.now() - start);
    }
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(50);
    await engine.close();
  });

  it('lets the next job begin when one is paused, and goes on with it later', async () => {
    const engine = await openEngine();
    const { job } = await engine.call('jobs.start', scanMany());
    await beginning(engine, job);
    expect(await engine.call('jobs.pause', { job })).toMatchObject({ state: 'paused' });
    const other = await runToState(engine, 'scan', { folder: emojiFolder });
    expect(other.state).toBe('done');
    await engine.call('jobs.resume', { job });
    const ended = await waitForState(engine, job);
    expect(ended).toMatchObject({ state: 'done', result: { images: pictureCount } });
    await engine.close();
  });

  it('cancels a job that runs, one that waits, and none that has ended', async () => {
    const engine = await openEngine();
    const running = await engine.call('jobs.start', scanMany());
    const waiting = await engine.call('jobs.start', scanFew());
    await beginning(engine, running.job);
    expect(await engine.call('jobs.cancel', { job: waiting.job })).toMatchObject({
      state: 'cancelled',
      error: { code: 'cancelled' },
    });
    await engine.call('jobs.cancel', { job: running.job });
    expect(await waitForState(engine, running.job)).toMatchObject({ state: 'cancelled' });
    await expect(engine.call('jobs.cancel', { job: running.job })).rejects.toMatchObject({
      code: 'bad-argument',
      message: `Job ${running.job} has ended already (cancelled).`,
    });
    const { images } = await engine.call('library.status', {});
    expect(images).toBeGreaterThan(0);
    expect(images).toBeLessThan(pictureCount);
    await engine.close();
  });

  it('has let the library go when it is closed, also right after a job: everything is in the one file', async () => {
    const threads: Worker[] = [];
    const note = (message: unknown): void =>
      void threads.push((message as { worker: Worker }).worker);
    subscribe('worker_threads', note);
    const engine = await openEngine();
    const { job } = await engine.call('jobs.start', scanFew());
    await waitForState(engine, job, ['done']);
    await engine.close();
    unsubscribe('worker_threads', note);
    expect(threads.length).toBeGreaterThan(0);
    // A thread that has ended has no number.
    for (const { threadId } of threads) expect(threadId).toBe(-1);
    // SQLite removes this as the last connection is closed.
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('goes on at the next start with a job that the library was closed in', async () => {
    const engine = await openEngine();
    const { job } = await engine.call('jobs.start', scanMany());
    await beginning(engine, job);
    await engine.close();
    const next = await openEngine();
    expect(await waitForState(next, job)).toMatchObject({ state: 'done' });
    expect(await next.call('library.status', {})).toMatchObject({ images: pictureCount });
    await next.close();
  });

  it('goes on with a job of an older version, which had fewer fields', async () => {
    const library = openLibrary(file, { mode: 'write', now: () => Date.now() });
    const { id } = createJob(library, 'scan', { folder: emojiFolder });
    library.close();
    const engine = await openEngine();
    const ended = await waitForState(engine, id);
    expect(ended).toMatchObject({ state: 'done', result: { images: 96, labels: 8 } });
    await engine.close();
  });

  it('goes on with a job whose process was killed', async () => {
    const args = ['--library', file, 'scan', manyPictures, '--json'];
    await killAt(folder, args, ({ progress }) => Number(progress) > 0.05);
    const engine = await openEngine();
    const [job] = await engine.call('jobs.list', {});
    expect(job).toMatchObject({ kind: 'scan', state: 'running' });
    const ended = await waitForState(engine, job!.job);
    expect(ended).toMatchObject({ state: 'done', result: { images: pictureCount } });
    await engine.close();
  });

  it('does not start a job again unasked in which the process died three times', async () => {
    const engine = await openEngine();
    const { job } = await engine.call('jobs.start', scanMany());
    await beginning(engine, job);
    await engine.close();
    const states: string[] = [];
    for (let death = 0; death < 3; death++) {
      const library = openLibrary(file, { mode: 'write', now: () => Date.now() });
      updateJob(library, unfinishedJobs(library)[0]!.id, { state: 'running' });
      library.close();
      const next = await openEngine();
      states.push((await next.call('jobs.list', {}))[0]!.state);
      await next.close();
    }
    expect(states).toEqual(['running', 'running', 'paused']);
  });
});
