import type { Blank, BlankPicture, NotedPicture } from '../../contract/library.ts';
import type { Library } from './library-file.ts';

const present = `SELECT samples.id, min(files.path) AS path, blank, note FROM samples
  JOIN files ON files.sampleId = samples.id
  WHERE (@folderId IS NULL OR files.folderId = @folderId)`;
const isBlank = "blank IS NOT NULL AND blank <> ''";

/** The pictures of a library, or of one folder, that show nothing, by path. */
export function listBlank(library: Library, folderId: number | null = null): BlankPicture[] {
  return library
    .query<{ id: number; path: string; blank: Blank }>(
      `SELECT id, path, blank FROM (${present} AND ${isBlank} GROUP BY samples.id) ORDER BY path`,
    )
    .all({ folderId });
}

/** The pictures of a library, or of one folder, whose files have something wrong, by path. */
export function listNotes(library: Library, folderId: number | null = null): NotedPicture[] {
  return library
    .query<{ id: number; path: string; note: string }>(
      `SELECT id, path, note FROM (${present} AND note <> '' GROUP BY samples.id) ORDER BY path`,
    )
    .all({ folderId });
}

/** How many present pictures show nothing, and how many have a note on their files. */
export function countRemarks(library: Library): { blank: number; noted: number } {
  const count = (where: string): number =>
    library
      .query<{ count: number }>(
        `SELECT count(*) AS count FROM samples WHERE ${where}
         AND EXISTS (SELECT 1 FROM files WHERE sampleId = samples.id)`,
      )
      .get()?.count ?? 0;
  return { blank: count(isBlank), noted: count("note <> ''") };
}

/** Records what was found of a known picture. */
export function saveRemarks(
  library: Library,
  sampleId: number,
  { blank, note }: { readonly blank: Blank | ''; readonly note: string },
): void {
  library.query('UPDATE samples SET blank = ?, note = ? WHERE id = ?').run(blank, note, sampleId);
}

/** Records that pictures with thumbnails of at least so many bytes show something, if nobody looked. */
export function markSeen(library: Library, thumbnailBytes: number): void {
  library
    .query(
      `UPDATE samples SET blank = '' WHERE blank IS NULL AND id IN
       (SELECT sampleId FROM thumbnails WHERE length(image) >= ?)`,
    )
    .run(thumbnailBytes);
}

/** The present pictures with thumbnails of which nobody looked whether they show anything. */
export function unseenPictures(library: Library): { id: number; hash: string }[] {
  return library
    .query<{ id: number; hash: string }>(
      `SELECT id, hash FROM samples WHERE blank IS NULL
       AND EXISTS (SELECT 1 FROM files WHERE sampleId = samples.id)
       AND EXISTS (SELECT 1 FROM thumbnails WHERE sampleId = samples.id) ORDER BY id`,
    )
    .all();
}
