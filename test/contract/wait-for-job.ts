import type { EngineClient } from '../../src-main/contract/client.ts';
import type { JobKind, JobInput, JobState, JobStatus } from '../../src-main/contract/jobs.ts';

const ends: readonly JobState[] = ['done', 'failed', 'cancelled'];

/** Starts a job and resolves to its status when it has come to one of `states`. */
export async function runToState<K extends JobKind>(
  client: EngineClient,
  kind: K,
  input: JobInput<K>,
  states: readonly JobState[] = ends,
): Promise<JobStatus> {
  const { job } = await client.call('jobs.start', { kind, input } as never);
  return await waitForState(client, job, states);
}

export async function waitForState(
  client: EngineClient,
  job: number,
  states: readonly JobState[] = ends,
): Promise<JobStatus> {
  const { promise, resolve } = Promise.withResolvers<JobStatus>();
  const check = (status: JobStatus): void => {
    if (status.job === job && states.includes(status.state)) resolve(status);
  };
  const unsubscribe = client.on('job', check);
  for (const status of await client.call('jobs.list', {})) check(status);
  return await promise.finally(unsubscribe);
}
