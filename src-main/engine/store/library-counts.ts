import { labelNames } from '../../contract/label-sets.ts';
import type { LibraryStatus } from '../../contract/library.ts';
import { countLabelConflicts } from './label-problems.ts';
import { labelledSamples } from './labelled-samples.ts';
import type { Library } from './library-file.ts';
import { compareNaturally } from './natural-order.ts';

type LibraryCounts = Pick<
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
    labels: countLabels(library, folderId),
    unlabelled: countUnlabelled(library, folderId),
    splits: countSplits(library, folderId),
    labelConflicts: countLabelConflicts(library, folderId),
    skipped: skipped ?? 0,
  };
}

function countLabels(library: Library, folderId: number | null): LibraryCounts['labels'] {
  const counts = new Map<string, number>();
  const rows = library
    .query<{ label: string; count: number }>(
      `SELECT label, count(*) AS count FROM (${labelledSamples}) WHERE label IS NOT NULL GROUP BY label`,
    )
    .all({ folderId });
  for (const { label, count } of rows) {
    for (const name of labelNames(label)) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => compareNaturally(a.label, b.label));
}

function countUnlabelled(library: Library, folderId: number | null): number {
  const row = library
    .query<{ count: number }>(
      `SELECT count(*) AS count FROM (${labelledSamples}) WHERE label IS NULL OR label = ''`,
    )
    .get({ folderId });
  return row?.count ?? 0;
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
