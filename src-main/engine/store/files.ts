import { join } from 'node:path';
import type { Library } from './library-file.ts';

/**
 * A file in the state in which it was last read; its path is relative to its folder, with '/' as
 * separator.
 */
interface PictureFile {
  readonly folderId: number;
  readonly path: string;
  readonly sampleId: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly label: string | null;
  readonly split: string | null;
}

/** The known files of a folder by path. */
export function filesOfFolder(library: Library, folderId: number): Map<string, PictureFile> {
  const files = library
    .query<PictureFile>(
      'SELECT folderId, path, sampleId, sizeBytes, modifiedMs, label, split FROM files WHERE folderId = ?',
    )
    .all(folderId);
  return new Map(files.map((file) => [file.path, file]));
}

/** Absolute paths of the files that show a sample, ordered by path. */
export function filesOfSample(library: Library, sampleId: number): string[] {
  return library
    .query<{ folder: string; path: string }>(
      `SELECT folders.path AS folder, files.path AS path FROM files
       JOIN folders ON folders.id = files.folderId
       WHERE sampleId = ? ORDER BY files.path, folderId`,
    )
    .all(sampleId)
    .map((file) => join(file.folder, file.path));
}

/** Stores a file, replacing what was stored for its path. */
export function saveFile(library: Library, file: PictureFile): void {
  library
    .query(
      `INSERT INTO files (folderId, path, sampleId, sizeBytes, modifiedMs, label, split)
       VALUES (@folderId, @path, @sampleId, @sizeBytes, @modifiedMs, @label, @split)
       ON CONFLICT (folderId, path) DO UPDATE SET sampleId = excluded.sampleId,
         sizeBytes = excluded.sizeBytes, modifiedMs = excluded.modifiedMs, label = excluded.label,
         split = excluded.split`,
    )
    .run(file);
}

/** Removes a file from the library; the file on disk is not touched. */
export function deleteFile(library: Library, folderId: number, path: string): void {
  library.query('DELETE FROM files WHERE folderId = ? AND path = ?').run(folderId, path);
}
