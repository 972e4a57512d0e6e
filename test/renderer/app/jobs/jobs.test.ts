import { beforeEach, describe, expect, it } from 'vitest';
import { AskedFor } from '../../../../src-renderer/app/jobs/asked-for.ts';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { JobStatus } from '../../../../src-main/contract/jobs.ts';
import { isLive, Jobs } from '../../../../src-renderer/app/jobs/jobs.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { jobOf } from '../../job-of.ts';

let client: AnsweringClient;
let jobs: Jobs;
let ended: JobStatus[];
let listed: JobStatus[];

beforeEach(async () => {
  listed = [];
  client = new AnsweringClient({
    'jobs.list': () => listed,
    'jobs.start': () => jobOf(7, { state: 'queued' }),
    'jobs.pause': ({ job }) => jobOf(job, { state: 'paused' }),
    'jobs.resume': () => {
      throw new EngineError('not-found', 'There is no job 3.');
    },
    'jobs.cancel': ({ job }) => jobOf(job, { state: 'cancelled' }),
  });
  jobs = new Jobs(await connectionTo(client), new AskedFor(() => ({ run: null, anchor: null })));
  ended = [];
  jobs.onEnded((job) => ended.push(job));
});

const numbers = (): number[] => jobs.list.map(({ job }) => job);

describe('the jobs, with a client that answers fixed ones', () => {
  it('stand in the order of their numbers, each once, as it was told last', () => {
    for (const job of [3, 1, 2]) client.tell('job', jobOf(job));
    client.tell('job', jobOf(1, { progress: 0.9 }));
    expect(numbers()).toEqual([1, 2, 3]);
    expect(jobs.list[0]?.progress).toBe(0.9);
  });

  it('are live until they are done, failed or cancelled', () => {
    const states = ['queued', 'running', 'paused', 'done', 'cancelled', 'failed'] as const;
    expect(states.map((state) => isLive(jobOf(1, { state })))).toEqual([
      ...[true, true, true, false, false, false],
    ]);
  });

  it('show in the status bar the one that runs, else a paused, else a queued one', () => {
    expect(jobs.current).toBeNull();
    client.tell('job', jobOf(1, { state: 'queued' }));
    expect(jobs.current?.job).toBe(1);
    client.tell('job', jobOf(2, { state: 'paused' }));
    expect(jobs.current?.job).toBe(2);
    client.tell('job', jobOf(3));
    expect(jobs.current?.job).toBe(3);
    client.tell('job', jobOf(3, { state: 'done' }));
    expect(jobs.current?.job).toBe(2);
    expect(jobs.active.map(({ job }) => job)).toEqual([1, 2]);
  });

  it('are found by their kinds while they are live', () => {
    client.tell('job', jobOf(1, { kind: 'scan', state: 'done' }));
    client.tell('job', jobOf(2, { kind: 'map' }));
    expect(jobs.liveOf('scan')).toBeNull();
    expect(jobs.liveOf('scan', 'map')?.job).toBe(2);
  });

  it('tell their end once, a short one’s too that was never seen to run', () => {
    client.tell('job', jobOf(1));
    client.tell('job', jobOf(1, { state: 'done' }));
    client.tell('job', jobOf(1, { state: 'done' }));
    client.tell('job', jobOf(2, { state: 'failed' }));
    expect(ended.map(({ job }) => job)).toEqual([1, 2]);
  });

  it('that ended before this window began are no news', async () => {
    listed = [jobOf(1, { state: 'done' }), jobOf(2)];
    await jobs.refresh();
    expect(ended).toEqual([]);
    expect(numbers()).toEqual([1, 2]);
  });

  it('that ended while there was no connection tell it when they are read again', async () => {
    client.tell('job', jobOf(1));
    listed = [jobOf(1, { state: 'done' })];
    await jobs.refresh();
    expect(ended.map(({ job }) => job)).toEqual([1]);
  });

  it('that are started are listed, without undoing what was told of them meanwhile', async () => {
    client.tell('job', jobOf(1, { state: 'done' }));
    ended = [];
    const started = jobs.start('map', { run: 2 });
    client.tell('job', jobOf(7, { state: 'done' }));
    expect((await started).job).toBe(7);
    expect(client.inputsOf('jobs.start')).toEqual([{ kind: 'map', input: { run: 2 } }]);
    expect(jobs.list.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(ended.map(({ job }) => job)).toEqual([7]);
  });

  it('take commands, whose refusal is not swallowed', async () => {
    client.tell('job', jobOf(3));
    await jobs.command('pause', 3);
    expect(jobs.list[0]?.state).toBe('paused');
    await expect(jobs.command('resume', 3)).rejects.toThrow('There is no job 3.');
    expect(jobs.list[0]?.state).toBe('paused');
    await jobs.command('cancel', 3);
    expect(ended.map(({ state }) => state)).toEqual(['cancelled']);
  });
});
