import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { EngineError } from '../../../contract/errors.ts';
import type { ExportPlace } from '../../../contract/exports.ts';
import { fileError } from './file-errors.ts';
import { isThere } from './is-there.ts';

/** Where exports land that were given a name only. */
export function exportFolder(libraryFile: string): string {
  return join(dirname(libraryFile), 'exports');
}

/**
 * The absolute path of a file to export: as given, or, for a name only, in the folder `exports` beside
 * the library, which is made.
 * @throws EngineError bad-argument for a relative path with folders
 */
export async function exportPath(libraryFile: string, file: string): Promise<string> {
  const path = placeOf(libraryFile, file);
  if (!isAbsolute(file)) await mkdir(dirname(path), { recursive: true });
  return path;
}

/**
 * Where a file or a folder would be written, without writing anything.
 * @throws EngineError bad-argument, not-found where it could not be
 */
export async function describePlace(
  libraryFile: string,
  { file, isFolder }: { readonly file: string; readonly isFolder: boolean },
): Promise<ExportPlace> {
  const path = placeOf(libraryFile, file);
  const folder = dirname(path);
  // The folder `exports` is made by the first export.
  const existing = isAbsolute(file) || (await isThere(folder)) ? folder : dirname(folder);
  try {
    // With the separator behind it a file is not taken for a folder.
    await access(`${existing}${sep}`, constants.W_OK);
    if (!isFolder && (await isThere(`${path}${sep}`)))
      throw Object.assign(new Error(), { code: 'EISDIR' });
    const { bavail, bsize } = await statfs(existing);
    return { path, folder, isThere: await isThere(path), freeBytes: bavail * bsize };
  } catch (error) {
    throw fileError(error, path);
  }
}

function placeOf(libraryFile: string, file: string): string {
  if (isAbsolute(file)) return file;
  const isName = basename(file) === file && file !== '.' && file !== '..' && !file.includes('\\');
  if (isName && file !== '') return join(exportFolder(libraryFile), file);
  throw new EngineError(
    'bad-argument',
    `"${file}" is neither a name alone nor an absolute path of a file.`,
  );
}
