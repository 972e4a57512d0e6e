import { fromErrorReport } from '../../src-main/contract/errors.ts';
import type { ExportResult } from '../../src-main/contract/exports.ts';
import type { JobKind, JobStatus } from '../../src-main/contract/jobs.ts';
import type { EmbedResult } from '../../src-main/contract/runs.ts';
import { countOf } from '../formats.ts';
import type { Notices } from './notices.svelte.ts';
import type { Places } from './places.svelte.ts';

const exportKinds: ReadonlySet<JobKind> = new Set([
  ...(['export', 'exportEncoder', 'exportProjector', 'exportAtlas', 'mine'] as const),
]);
/** What dialogs start and watch. */
const watchedKinds: ReadonlySet<JobKind> = new Set([...exportKinds, 'import', 'addEncoder']);

interface Told {
  readonly notices: Notices;
  readonly places: Places;
}

/** Tells the end of a job that no dialog watches: why it failed, where its file is, what it left out. */
export function tellJobEnd(job: JobStatus, told: Told): void {
  const { kind, state, error, result } = job;
  if (isWatched(job, told.places)) return;
  if (error) told.notices.fail(fromErrorReport(error));
  if (state !== 'done') return;
  if (kind === 'embed') tellLeftOut(result as EmbedResult, told);
  if (exportKinds.has(kind)) tellFile(result as ExportResult, told);
}

/** A short job may end before its number is known. */
function isWatched({ job, kind }: JobStatus, { watchedJob }: Places): boolean {
  return watchedJob === job || (watchedJob === 'next' && watchedKinds.has(kind));
}

function tellFile({ files }: Pick<ExportResult, 'files'>, { notices }: Told): void {
  const [file] = files;
  if (!file) return;
  const copy = (): unknown => notices.attempt(() => navigator.clipboard.writeText(file.path));
  notices.tell(`Written: ${file.path}`, { name: 'Copy the path', run: () => void copy() });
}

function tellLeftOut({ leftOut = [] }: EmbedResult, { notices, places }: Told): void {
  const [first] = leftOut;
  if (!first) return;
  const left = countOf(leftOut.length, 'picture');
  notices.tell(`${left} left out. The first: ${first.path}: ${first.reason}`, {
    name: 'See all',
    run: () => places.go('train'),
  });
}
