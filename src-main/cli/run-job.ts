import { checkInput } from '../contract/check-input.ts';
import type { EngineClient } from '../contract/client.ts';
import { EngineError, fromErrorReport } from '../contract/errors/errors.ts';
import { jobKinds } from '../contract/jobs.ts';
import type { JobInput, JobKind, JobResult, JobStatus } from '../contract/jobs.ts';
import type { ProgressReporter } from './progress-reporter.ts';

const ends = new Set(['done', 'failed', 'cancelled']);

/**
 * Runs a job to its end. A job with the same input that was interrupted before is resumed instead.
 * Rejects with the job's EngineError, or with `cancelled` on Ctrl+C.
 */
export async function runJob<K extends JobKind>(
  engine: EngineClient,
  kind: K,
  input: JobInput<K>,
  progress: ProgressReporter,
): Promise<JobResult<K>> {
  const { promise, resolve, reject } = Promise.withResolvers<JobStatus>();
  const seen: JobStatus[] = [];
  let job = -1;
  const follow = (status: JobStatus): void => {
    if (status.job !== job) return;
    progress.show(status);
    if (ends.has(status.state)) resolve(status);
  };
  const unsubscribe = engine.on('job', (status) => {
    if (job === -1) seen.push(status);
    else follow(status);
  });
  const interrupt = (): void => reject(interrupted());
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    ({ job } = await startOrResume(engine, kind, input));
    for (const status of seen) follow(status);
    const { error, result } = await promise;
    if (error !== null) throw fromErrorReport(error);
    return jobKinds[kind].result.parse(result) as JobResult<K>;
  } finally {
    unsubscribe();
    progress.end();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function startOrResume<K extends JobKind>(
  engine: EngineClient,
  kind: K,
  input: JobInput<K>,
): Promise<JobStatus> {
  const checked = checkInput('jobs.start', { kind, input });
  const wanted = JSON.stringify(checked.input);
  const before = (await engine.call('jobs.list', {})).find(
    (status) =>
      status.kind === kind && status.state === 'paused' && JSON.stringify(status.input) === wanted,
  );
  if (before) return await engine.call('jobs.resume', { job: before.job });
  return await engine.call('jobs.start', { kind, input } as never);
}

function interrupted(): EngineError {
  return new EngineError(
    'cancelled',
    'Interrupted. What was done is saved: the same command goes on from there.',
  );
}
