import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** The user's data folder: NEGATOSCOPE_HOME, or the operating system's usual folder. */
export function dataFolder(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env.NEGATOSCOPE_HOME;
  return chosen === undefined || chosen === ''
    ? envPaths('negatoscope', { suffix: '' }).data
    : resolve(chosen);
}

/**
 * The default library file of a picture folder, in the data folder: its name contains the folder's name,
 * for people, and a hash of the folder's path, so that it is unique.
 */
export function defaultLibraryFile(pictureFolder: string, data: string): string {
  return join(data, 'libraries', libraryFileName(pictureFolder));
}

/** The name of a picture folder's library file, without its folder. */
export function libraryFileName(pictureFolder: string): string {
  const path = resolve(pictureFolder);
  const digits = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `${safeFileName(basename(path))}-${digits}.sqlite`;
}

// Windows forbids these characters in names, and a name has at most 255 bytes, of which a Hangul letter
// takes three.
function safeFileName(name: string): string {
  const safe = name.replace(/[<>:"/\\|?*\p{Cc}]/gu, '_').replace(/[. ]+$/, '');
  return safe === '' ? 'pictures' : Array.from(safe).slice(0, 48).join('');
}
