import type { JobKind } from '../../contract/jobs.ts';
import type { EmbedInput } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import type { LiveJob } from './live-job.ts';
import { runsOfJob } from './runs-of-job.ts';

/** Jobs that may take hours: they wait between two steps while a short job runs. */
const longKinds: ReadonlySet<JobKind> = new Set(['train', 'embed']);

/** Jobs of minutes at most, which only read what the long ones of other runs write. */
const shortKinds: ReadonlySet<JobKind> = new Set([
  ...(['map', 'neighbours', 'evaluate', 'positives', 'pay', 'compare'] as const),
  ...(['export', 'exportEncoder', 'exportProjector', 'exportAtlas', 'mine'] as const),
]);

/** Whether a running job can wait in its thread for a shorter one. */
export function canGiveWay({ row, isCancelled }: LiveJob): boolean {
  return longKinds.has(row.kind) && !isCancelled;
}

/**
 * The first short job in the queue that need not wait for those before it: they are long, and make or
 * change other runs than those it reads. `jobs` are all jobs in their order.
 */
export function shortJobAhead(library: Library, jobs: readonly LiveJob[]): LiveJob | undefined {
  return jobs.find((job, index) => {
    if (job.state !== 'queued' || !shortKinds.has(job.row.kind)) return false;
    const before = jobs.slice(0, index).filter(({ state }) => state !== 'paused');
    if (before.length === 0) return true;
    const runs = runsOfJob(library, job.row.input);
    return runs !== null && before.every((other) => isIndependent(library, other, runs));
  });
}

/** Whether a job that has not ended leaves these runs as they are. */
function isIndependent(library: Library, job: LiveJob, runs: readonly Run[]): boolean {
  const { kind, id } = job.row;
  if (!longKinds.has(kind)) return false;
  if (kind === 'embed') return runs.every((run) => !mayEmbed(job, run));
  // A training makes its run: none of those that are there, unless it has made it already.
  const own = listRuns(library).find(({ settings }) => settings['job'] === id);
  return runs.every((run) => run.id !== own?.id && run.id !== job.run);
}

/** Whether an embedding is one of this run; before it has begun, its run may be any loaded one. */
function mayEmbed({ row, run: embedded }: LiveJob, run: Run): boolean {
  if (embedded !== null) return embedded === run.id;
  const encoder = String((row.input as EmbedInput).encoder);
  return run.kind === 'loaded' || [run.name, String(run.id)].includes(encoder);
}
