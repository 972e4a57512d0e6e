import type { EngineClient } from '../../../src-main/contract/client.ts';
import type { JobStatus } from '../../../src-main/contract/jobs.ts';

/** Resolves to a job as it has ended. */
export async function jobEnd(client: EngineClient, { job }: JobStatus): Promise<JobStatus> {
  const ended = Promise.withResolvers<JobStatus>();
  const look = (status: JobStatus): void => {
    const isEnd = ['done', 'failed', 'cancelled'].includes(status.state);
    if (status.job === job && isEnd) ended.resolve(status);
  };
  const stop = client.on('job', look);
  for (const status of await client.call('jobs.list', {})) look(status);
  return await ended.promise.finally(stop);
}
