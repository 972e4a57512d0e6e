import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { defaultLibraryFile, libraryFileName } from './default-location.ts';
import { recentLibraries } from './recent-libraries.ts';

/**
 * The library file of a picture folder: the one whose pictures were moved there, else the one that there
 * is already, in the data folder or where it was opened from lately; else one to be made in
 * `libraryFolder`, or in the data folder for null.
 */
export function libraryOfFolder(
  pictureFolder: string,
  dataFolder: string,
  libraryFolder: string | null,
): string {
  const recent = recentLibraries(dataFolder);
  const place = resolve(pictureFolder);
  // A file is only looked for where it is the one: the disk of another one may be slow, or away.
  const moved = recent.find(({ file, movedTo }) => movedTo === place && existsSync(file));
  if (moved) return moved.file;
  const usual = defaultLibraryFile(pictureFolder, dataFolder);
  if (existsSync(usual)) return usual;
  const name = libraryFileName(pictureFolder);
  const chosen = libraryFolder === null ? usual : join(libraryFolder, name);
  if (existsSync(chosen)) return chosen;
  const known = recent.find(({ file }) => basename(file) === name && existsSync(file));
  return known?.file ?? chosen;
}
