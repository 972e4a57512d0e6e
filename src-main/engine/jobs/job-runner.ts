import type { z } from 'zod';
import type { jobKinds, JobKind, JobResult } from '../../contract/jobs.ts';
import type { JobContext } from './job-context.ts';

export type CheckedJobInput<K extends JobKind> = z.infer<(typeof jobKinds)[K]['input']>;

/** Runs one kind of job, from its checked input to its result. */
export type JobRunner<K extends JobKind> = (
  context: JobContext,
  input: CheckedJobInput<K>,
) => Promise<JobResult<K>>;
