import type { LibraryStatus } from '../../contract/library.ts';
import type { Library } from './library-file.ts';
import { compareNaturally } from './natural-order.ts';

type LibraryCounts = Pick<LibraryStatus, 'images' | 'files' | 'duplicates' | 'labels' | 'skipped'>;

/** Counts what a library, or one folder of it, holds; labels are counted by picture, not by file. */
export function countLibrary(library: Library, folderId: number | null = null): LibraryCounts {
  const totals = library
    .query<{ images: number; files: number }>(
      `SELECT count(DISTINCT sampleId) AS images, count(*) AS files FROM files
       WHERE @folderId IS NULL OR folderId = @folderId`,
    )
    .get({ folderId }) ?? { images: 0, files: 0 };
  const labels = library
    .query<{ label: string; count: number }>(
      `SELECT label, count(*) AS count FROM (
         SELECT label, row_number() OVER (PARTITION BY sampleId ORDER BY path, folderId) AS pathRank
         FROM files WHERE label IS NOT NULL AND (@folderId IS NULL OR folderId = @folderId))
       WHERE pathRank = 1 GROUP BY label`,
    )
    .all({ folderId })
    .sort((a, b) => compareNaturally(a.label, b.label));
  const skipped = library
    .query<{ count: number }>(
      'SELECT count(*) AS count FROM skips WHERE @folderId IS NULL OR folderId = @folderId',
    )
    .get({ folderId })?.count;
  return { ...totals, duplicates: totals.files - totals.images, labels, skipped: skipped ?? 0 };
}
