import type { Skip } from '../../contract/library.ts';
import type { Library } from './library-file.ts';

/** A file that could not be used, with the reason, in the state in which it was last read. */
interface SkippedFile extends Skip {
  readonly folderId: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** The skipped files of a folder by path. */
export function skipsOfFolder(library: Library, folderId: number): Map<string, SkippedFile> {
  const skips = library
    .query<SkippedFile>(
      'SELECT folderId, path, code, reason, sizeBytes, modifiedMs FROM skips WHERE folderId = ?',
    )
    .all(folderId);
  return new Map(skips.map((skip) => [skip.path, skip]));
}

/** All skipped files of the library, by folder and path. */
export function listSkips(library: Library): Skip[] {
  return library.query<Skip>('SELECT path, code, reason FROM skips ORDER BY folderId, path').all();
}

/** Stores a skipped file, replacing what was stored for its path. */
export function saveSkip(library: Library, skip: SkippedFile): void {
  library
    .query(
      `INSERT INTO skips (folderId, path, code, reason, sizeBytes, modifiedMs)
       VALUES (@folderId, @path, @code, @reason, @sizeBytes, @modifiedMs)
       ON CONFLICT (folderId, path) DO UPDATE SET code = excluded.code, reason = excluded.reason,
         sizeBytes = excluded.sizeBytes, modifiedMs = excluded.modifiedMs`,
    )
    .run(skip);
}

/** Removes a skipped file from the library. */
export function deleteSkip(library: Library, folderId: number, path: string): void {
  library.query('DELETE FROM skips WHERE folderId = ? AND path = ?').run(folderId, path);
}
