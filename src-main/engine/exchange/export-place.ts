import { mkdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { EngineError } from '../../contract/errors.ts';

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
  if (isAbsolute(file)) return file;
  const isName = basename(file) === file && file !== '.' && file !== '..' && !file.includes('\\');
  if (!isName) {
    throw new EngineError(
      'bad-argument',
      `"${file}" is neither a name alone nor an absolute path of a file.`,
    );
  }
  const folder = exportFolder(libraryFile);
  await mkdir(folder, { recursive: true });
  return join(folder, file);
}
