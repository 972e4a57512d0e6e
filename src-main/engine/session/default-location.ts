import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** The user's data folder: NEGATOSCOPE_HOME, or where the operating system wants it. */
export function dataFolder(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env.NEGATOSCOPE_HOME;
  return chosen === undefined || chosen === ''
    ? envPaths('negatoscope', { suffix: '' }).data
    : resolve(chosen);
}

/** The library file of a picture folder: told apart by the folder's path, readable by its name. */
export function defaultLibraryFile(pictureFolder: string, data: string): string {
  const path = resolve(pictureFolder);
  const digits = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return join(data, 'libraries', `${safeFileName(basename(path))}-${digits}.sqlite`);
}

// Windows forbids these in names, and a name may be 255 bytes long, Hangul taking three a letter.
function safeFileName(name: string): string {
  const safe = name.replace(/[<>:"/\\|?*\p{Cc}]/gu, '_').replace(/[. ]+$/, '');
  return safe === '' ? 'pictures' : Array.from(safe).slice(0, 48).join('');
}
