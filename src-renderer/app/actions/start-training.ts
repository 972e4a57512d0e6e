import type { JobInput, JobStatus } from '../../../src-main/contract/jobs.ts';
import { namedSeedSeries } from '../../../src-main/contract/seed-series.ts';
import type { AppState } from '../app-state.svelte.ts';

/**
 * Queues a training, or several that differ by their seed alone and are all on the pictures of the
 * first; resolves to the first one's job.
 */
export async function startTraining(
  { jobs, runs }: Pick<AppState, 'jobs' | 'runs'>,
  input: JobInput<'train'>,
  seeds: number,
): Promise<JobStatus | undefined> {
  const taken = new Set([
    ...runs.existing.map(({ name }) => name),
    ...jobs.active.map((job) => (job.input as { readonly name?: string } | null)?.name ?? ''),
  ]);
  const series = namedSeedSeries(input, seeds, (wanted) =>
    wanted.every(({ name = '' }) => !taken.has(name)),
  );
  let first: JobStatus | undefined;
  for (const one of series) {
    const samePictures = first === undefined ? {} : { samePicturesAs: first.job };
    const job = await jobs.start('train', { ...one, ...samePictures });
    first ??= job;
  }
  return first;
}
