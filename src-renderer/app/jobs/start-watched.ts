import { toErrorReport } from '../../../src-main/contract/errors/errors.ts';
import type { JobInput, JobKind } from '../../../src-main/contract/jobs.ts';
import type { Jobs } from './jobs.svelte.ts';
import type { Pages } from '../window/pages.svelte.ts';

/**
 * Starts the job that an open dialog follows; resolves to why it could not be started, or to
 * nothing. A dialog that was closed meanwhile follows it no more.
 */
export async function startWatched<K extends JobKind>(
  { jobs, pages }: { readonly jobs: Jobs; readonly pages: Pages },
  kind: K,
  input: JobInput<K>,
): Promise<string> {
  pages.watchedJob = 'next';
  let job: number | null = null;
  let refusal = '';
  try {
    ({ job } = await jobs.start(kind, input));
  } catch (error) {
    refusal = toErrorReport(error).message;
  }
  // The compiler does not see that it may have changed while the engine was asked.
  const watched = pages.watchedJob as typeof pages.watchedJob | null;
  if (watched === 'next') pages.watchedJob = job;
  return refusal;
}
