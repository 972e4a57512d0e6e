import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { defaultLibraryFile, libraryFileName } from './default-location.ts';
import { recentLibraries } from './recent-libraries.ts';

/**
 * The library file of a picture folder: the one whose pictures were moved there, else the one that there
 * is already, in the data folder or where it was opened from lately; else one to be made in `libraryFolder`, or in the data folder for null.
 */
export function libraryOfFolder(
  pictureFolder: string,
  dataFolder: string,
  libraryFolder: string | null,
): string {
  const recent = recentLibraries(dataFolder).filter(({ file }) => existsSync(file));
  const moved = recent.find(({ movedTo }) => movedTo === resolve(pictureFolder));
  if (moved) return moved.file;
  const usual = defaultLibraryFile(pictureFolder, dataFolder);
  if (existsSync(usual)) return usual;
  const name = libraryFileName(pictureFolder);
  const chosen = libraryFolder === null ? usual : join(libraryFolder, name);
  if (existsSync(chosen)) return chosen;
  const known = recent.find(({ file }) => basename(file) === name);
  return known?.file ?? chosen;
}
