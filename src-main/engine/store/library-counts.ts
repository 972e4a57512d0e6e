import { labelNames } from '../../contract/label-sets.ts';
import type { LibraryStatus } from '../../contract/library.ts';
import { labelledSamples } from './labelled-samples.ts';
import type { Library } from './library-file.ts';
import { compareNaturally } from './natural-order.ts';

/** What a library, or one folder of it, holds. */
export type LibraryCounts = Pick<
  LibraryStatus,
  | 'images'
  | 'files'
  | 'duplicates'
  | 'labels'
  | 'unlabelled'
  | 'splits'
  | 'labelConflicts'
  | 'skipped'
>;

/**
 * Counts what a library, or one folder of it, holds; labels and splits are counted by picture, not by
 * file. A picture with several labels counts for each of them.
 */
export function countLibrary(library: Library, folderId: number | null = null): LibraryCounts {
  const totals = library
    .query<{ images: number; files: number }>(
      `SELECT count(DISTINCT sampleId) AS images, count(*) AS files FROM files
       WHERE @folderId IS NULL OR folderId = @folderId`,
    )
    .get({ folderId }) ?? { images: 0, files: 0 };
  const skipped = library
    .query<{ count: number }>(
      'SELECT count(*) AS count FROM skips WHERE @folderId IS NULL OR folderId = @folderId',
    )
    .get({ folderId })?.count;
  return {
    ...totals,
    duplicates: totals.files - totals.images,
    ...countLabels(library, folderId),
    splits: countSplits(library, folderId),
    skipped: skipped ?? 0,
  };
}

type LabelCounts = Pick<LibraryCounts, 'labels' | 'unlabelled' | 'labelConflicts'>;

function countLabels(library: Library, folderId: number | null): LabelCounts {
  const counts = new Map<string, number>();
  let unlabelled = 0;
  let labelConflicts = 0;
  const rows = library
    .query<{ label: string | null; count: number; conflicts: number }>(
      `SELECT label, count(*) AS count, total(isConflict) AS conflicts
       FROM (${labelledSamples}) GROUP BY label`,
    )
    .all({ folderId });
  for (const { label, count, conflicts } of rows) {
    if (label === null) unlabelled = count;
    labelConflicts += conflicts;
    for (const name of labelNames(label ?? '')) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const labels = [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => compareNaturally(a.label, b.label));
  return { labels, unlabelled, labelConflicts };
}

function countSplits(library: Library, folderId: number | null): LibraryCounts['splits'] {
  return library
    .query<{ split: string; count: number }>(
      `SELECT split, count(DISTINCT sampleId) AS count FROM files
       WHERE split IS NOT NULL AND (@folderId IS NULL OR folderId = @folderId) GROUP BY split`,
    )
    .all({ folderId })
    .sort((a, b) => compareNaturally(a.split, b.split));
}
