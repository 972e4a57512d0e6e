import { fromErrorReport } from '../../../src-main/contract/errors/errors.ts';
import type { ExportResult } from '../../../src-main/contract/exports.ts';
import type { JobKind, JobStatus } from '../../../src-main/contract/jobs.ts';
import type { ScanResult } from '../../../src-main/contract/library.ts';
import type { EmbedResult } from '../../../src-main/contract/runs.ts';
import { countOf } from '../../formats/formats.ts';
import { copyText } from '../window/copy-text.ts';
import type { LibraryPageState } from '../library/library-page.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Pages } from '../window/pages.svelte.ts';

const exportKinds: ReadonlySet<JobKind> = new Set([
  ...(['export', 'exportEncoder', 'exportProjector', 'exportAtlas', 'mine'] as const),
]);
/** What dialogs start and watch. */
const watchedKinds: ReadonlySet<JobKind> = new Set([...exportKinds, 'import', 'addEncoder']);

interface NewsTargets {
  readonly notices: Notices;
  readonly pages: Pages;
  readonly libraryPage: Pick<LibraryPageState, 'tab'>;
}

/**
 * Shows the end of a job that no dialog watches as a notice: why it failed, where its file is, what
 * it left out.
 */
export function showJobEnd(job: JobStatus, targets: NewsTargets): void {
  const { kind, state, error, result } = job;
  if (isWatched(job, targets.pages)) return;
  if (error) targets.notices.fail(fromErrorReport(error));
  if (state !== 'done') return;
  if (kind === 'embed') showLeftOut(result as EmbedResult, targets);
  if (kind === 'scan') showLabelNews(result as Partial<ScanResult>, targets);
  if (exportKinds.has(kind)) showFile(result as ExportResult, targets);
}

/** A short job may end before its number is known. */
function isWatched({ job, kind }: JobStatus, { watchedJob }: Pages): boolean {
  return watchedJob === job || (watchedJob === 'next' && watchedKinds.has(kind));
}

function showFile({ files }: Pick<ExportResult, 'files'>, { notices }: NewsTargets): void {
  const [file] = files;
  if (!file) return;
  const copy = (): void => void copyText(notices, file.path, 'the path');
  notices.show(`Written: ${file.path}`, { name: 'Copy the path', run: copy });
}

function showLabelNews(
  { labelConflicts = 0, unmatched }: Partial<ScanResult>,
  { notices, pages, libraryPage }: NewsTargets,
): void {
  if (unmatched && unmatched.count > 0) {
    const rows = countOf(unmatched.count, 'row');
    const [first = ''] = unmatched.examples;
    notices.show(`${rows} of the file of labels name no picture here, such as ${first}.`);
  }
  if (labelConflicts === 0) return;
  const pictures = countOf(labelConflicts, 'picture');
  notices.show(`${pictures} in folders of different labels: no label until you decide.`, {
    name: 'See them',
    run: () => {
      libraryPage.tab = 'labels';
      pages.go('library');
    },
  });
}

function showLeftOut({ leftOut = [] }: EmbedResult, { notices, pages }: NewsTargets): void {
  const [first] = leftOut;
  if (!first) return;
  const left = countOf(leftOut.length, 'picture');
  notices.show(`${left} left out. The first: ${first.path}: ${first.reason}`, {
    name: 'See all',
    run: () => pages.go('train'),
  });
}
