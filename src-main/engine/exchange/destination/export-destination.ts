import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ExportDestination } from '../../../contract/exports.ts';
import { fileError } from '../../../files/file-errors.ts';
import { existing, isThere } from './is-there.ts';
import { checkPlaceForFiles } from './place-for-files.ts';

/** The folder of exports that were given only a name. */
function exportFolder(libraryFile: string): string {
  return join(dirname(libraryFile), 'exports');
}

/**
 * The absolute path of a file to export: the given path, or, for a name without a folder, a path in the
 * folder `exports` beside the library. Creates that folder.
 * @throws EngineError bad-argument for a relative path with folders
 */
export async function exportPath(libraryFile: string, file: string): Promise<string> {
  const path = absolutePath(libraryFile, file);
  if (!isAbsolute(file)) await mkdir(dirname(path), { recursive: true });
  return path;
}

interface DestinationWish {
  readonly file: string;
  readonly isFolder: boolean;
  /** The other files of the export. */
  readonly beside: readonly string[];
}

/**
 * Describes the file or folder that an export would write, without writing anything.
 * @throws EngineError bad-argument, not-found where it cannot be written
 */
export async function describeDestination(
  libraryFile: string,
  { file, isFolder, beside }: DestinationWish,
): Promise<ExportDestination> {
  const path = absolutePath(libraryFile, file);
  const folder = dirname(path);
  // The first export creates the folder `exports`.
  const nearest = isAbsolute(file) || (await isThere(folder)) ? folder : dirname(folder);
  try {
    // A path that ends in a separator can only be a folder; a file fails.
    await access(`${nearest}${sep}`, constants.W_OK);
    if (!isFolder && (await isThere(`${path}${sep}`)))
      throw Object.assign(new Error(), { code: 'EISDIR' });
    await checkPlaceForFiles(nearest);
    const { bavail, bsize } = await statfs(nearest);
    const others = beside.map((other) => absolutePath(libraryFile, other));
    const besideThere = await existing(others);
    return { path, folder, isThere: await isThere(path), besideThere, freeBytes: bavail * bsize };
  } catch (error) {
    throw fileError(error, path);
  }
}

function absolutePath(libraryFile: string, file: string): string {
  if (isAbsolute(file)) return file;
  const isName = basename(file) === file && file !== '.' && file !== '..' && !file.includes('\\');
  if (isName && file !== '') return join(exportFolder(libraryFile), file);
  throw new EngineError(
    'bad-argument',
    `"${file}" is neither a name alone nor an absolute path of a file.`,
  );
}
