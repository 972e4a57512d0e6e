import { join } from 'node:path';
import type { Library } from './library-file.ts';

/** A file as it was when it was last read; the path is relative to its folder, with '/'. */
export interface PictureFile {
  readonly folderId: number;
  readonly path: string;
  readonly sampleId: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly label: string | null;
}

/** The known files of a folder by path. */
export function filesOfFolder(library: Library, folderId: number): Map<string, PictureFile> {
  const files = library
    .query<PictureFile>(
      'SELECT folderId, path, sampleId, sizeBytes, modifiedMs, label FROM files WHERE folderId = ?',
    )
    .all(folderId);
  return new Map(files.map((file) => [file.path, file]));
}

/** Absolute paths of the files that show a sample, the first by path first. */
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

export function saveFile(library: Library, file: PictureFile): void {
  library
    .query(
      `INSERT INTO files (folderId, path, sampleId, sizeBytes, modifiedMs, label)
       VALUES (@folderId, @path, @sampleId, @sizeBytes, @modifiedMs, @label)
       ON CONFLICT (folderId, path) DO UPDATE SET sampleId = excluded.sampleId,
         sizeBytes = excluded.sizeBytes, modifiedMs = excluded.modifiedMs, label = excluded.label`,
    )
    .run(file);
}

export function deleteFile(library: Library, folderId: number, path: string): void {
  library.query('DELETE FROM files WHERE folderId = ? AND path = ?').run(folderId, path);
}
