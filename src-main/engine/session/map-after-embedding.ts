import type { JobStatus } from '../../contract/jobs.ts';
import { mapInput } from '../../contract/map.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { runsOfJob } from '../jobs/runs-of-job.ts';
import type { Library } from '../store/library-file.ts';
import { hasMap } from '../store/maps.ts';
import { listRuns } from '../store/runs.ts';

const embeddingKinds: ReadonlySet<JobStatus['kind']> = new Set(['train', 'embed', 'import']);

/** Queues a map of the run that a job has embedded, where it has no map and none is queued. */
export function queueMapAfter(
  { state, kind, run: embedded }: JobStatus,
  { library, jobs }: { readonly library: Library; readonly jobs: JobQueue },
): void {
  if (state !== 'done' || !embeddingKinds.has(kind)) return;
  const run = listRuns(library).find(({ id }) => id === embedded);
  const isUnmapped = run?.weightsHash && !hasMap(library, run.weightsHash);
  if (!isUnmapped) return;
  const isQueued = jobs
    .unfinished('map')
    .some(({ input }) => runsOfJob(library, input)?.some(({ id }) => id === run.id));
  if (!isQueued) jobs.start('map', mapInput.parse({ run: run.id }));
}
