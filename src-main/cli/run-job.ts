import { checkInput } from '../contract/check-input.ts';
import type { EngineClient } from '../contract/client.ts';
import { EngineError, fromErrorReport } from '../contract/errors/errors.ts';
import { jobKinds } from '../contract/jobs.ts';
import type { JobInput, JobKind, JobResult, JobStatus } from '../contract/jobs.ts';
import type { ProgressReporter } from './progress-reporter.ts';

const ends = new Set(['done', 'failed', 'cancelled']);

/** Where a job runs: in this process, or in an engine that goes on without this command. */
interface JobPlace {
  readonly isShared: boolean;
  /** Rejects once that engine cannot be followed any more. */
  readonly lost: Promise<never>;
}

const nowhereElse: JobPlace = { isShared: false, lost: new Promise<never>(() => undefined) };

/**
 * Runs a job to its end. A job with the same input that was interrupted before is resumed instead.
 * Rejects with the job's EngineError, or with `cancelled` on Ctrl+C, which cancels the job in an engine
 * that goes on; a second Ctrl+C does not wait for that.
 */
export async function runJob<K extends JobKind>(
  engine: EngineClient,
  kind: K,
  input: JobInput<K>,
  progress: ProgressReporter,
  place: JobPlace = nowhereElse,
): Promise<JobResult<K>> {
  const { promise, resolve, reject } = Promise.withResolvers<JobStatus>();
  const seen: JobStatus[] = [];
  let job = -1;
  const follow = (status: JobStatus): void => {
    if (status.job !== job) return;
    progress.show(status);
    // One that cannot go on now is paused with the reason; the same command resumes it.
    const isStuck = status.state === 'paused' && status.error !== null;
    if (ends.has(status.state) || isStuck) resolve(status);
  };
  const unsubscribe = engine.on('job', (status) => {
    if (job === -1) seen.push(status);
    else follow(status);
  });
  const asked = { times: 0 };
  const cancel = (): Promise<unknown> => engine.call('jobs.cancel', { job }).catch(reject);
  const interrupt = (): void => {
    asked.times += 1;
    if (!place.isShared || asked.times > 1) reject(interrupted(place.isShared));
    else if (job !== -1) void cancel();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    ({ job } = await Promise.race([startOrResume(engine, kind, input), place.lost]));
    if (asked.times > 0) void cancel();
    for (const status of seen) follow(status);
    const { error, result } = await Promise.race([promise, place.lost]);
    if (asked.times > 0 && error?.code === 'cancelled') throw interrupted(true);
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

function interrupted(isCancelled: boolean): EngineError {
  return new EngineError(
    'cancelled',
    isCancelled
      ? 'Interrupted: the job was cancelled in the app that has the library open.'
      : 'Interrupted. What was done is saved: the same command goes on from there.',
  );
}
