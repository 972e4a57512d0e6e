import { beforeEach, describe, expect, it } from 'vitest';
import { AskedFor } from '../../../../src-renderer/app/jobs/asked-for.ts';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { JobStatus } from '../../../../src-main/contract/jobs.ts';
import { Jobs } from '../../../../src-renderer/app/jobs/jobs.svelte.ts';
import { Pages } from '../../../../src-renderer/app/window/pages.svelte.ts';
import { startWatched } from '../../../../src-renderer/app/jobs/start-watched.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { jobOf } from '../../job-of.ts';

let answer: PromiseWithResolvers<JobStatus>;
let around: { jobs: Jobs; pages: Pages };
beforeEach(async () => {
  answer = Promise.withResolvers();
  const client = new AnsweringClient({ 'jobs.start': () => answer.promise });
  around = {
    jobs: new Jobs(await connectionTo(client), new AskedFor(() => ({ run: null, anchor: null }))),
    pages: new Pages(),
  };
});

const start = (): Promise<string> => startWatched(around, 'addEncoder', { path: 'net.onnx' });

describe('a job that a dialog follows, with a client that answers late', () => {
  it('is the next one until its number is known', async () => {
    const started = start();
    expect(around.pages.watchedJob).toBe('next');
    answer.resolve(jobOf(9, { kind: 'addEncoder' }));
    expect(await started).toBe('');
    expect(around.pages.watchedJob).toBe(9);
  });

  it('that is refused says why, and nothing is followed', async () => {
    const started = start();
    answer.reject(new EngineError('not-found', 'There is no file net.onnx.'));
    expect(await started).toBe('There is no file net.onnx.');
    expect(around.pages.watchedJob).toBeNull();
  });

  it('is followed no more where the dialog was closed meanwhile', async () => {
    const started = start();
    around.pages.watchedJob = null;
    answer.resolve(jobOf(9));
    await started;
    expect(around.pages.watchedJob).toBeNull();
  });
});
