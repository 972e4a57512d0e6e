import { join } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import { labelNames, shownLabel } from '../../contract/label-sets.ts';
import type { PictureDetails } from '../../contract/library.ts';
import type { Library } from './library-file.ts';
import type { Sample } from './samples.ts';

interface FileRow {
  readonly folder: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly label: string | null;
  readonly split: string | null;
}

/**
 * Size, format and files of a picture.
 * @throws EngineError not-found when the library has no such picture
 */
export function readDetails(library: Library, hash: string): PictureDetails {
  const sample = library
    .query<Sample & { id: number }>(
      'SELECT id, hash, width, height, format FROM samples WHERE hash = ?',
    )
    .get(hash);
  if (sample === undefined) {
    throw new EngineError('not-found', `The library has no picture ${hash.slice(0, 12)}.`);
  }
  const { id, ...facts } = sample;
  const files = library
    .query<FileRow>(
      `SELECT folders.path AS folder, files.path AS path, sizeBytes, modifiedMs, label, split
       FROM files JOIN folders ON folders.id = files.folderId
       WHERE sampleId = ? ORDER BY files.path, folderId`,
    )
    .all(id)
    .map(({ folder, path, modifiedMs, label, ...file }) => ({
      path: join(folder, path),
      modified: new Date(modifiedMs).toISOString(),
      label: label === null ? null : shownLabel(label),
      ...file,
    }));
  const edit = library
    .query<{ label: string }>('SELECT label FROM labelEdits WHERE hash = ?')
    .get(hash);
  return { ...facts, files, labelsByHand: edit ? labelNames(edit.label) : null };
}
