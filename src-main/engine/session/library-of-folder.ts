import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defaultLibraryFile, libraryFileName } from './default-location.ts';
import { recentLibraries } from './recent-libraries.ts';

/**
 * The library file of a picture folder: the one that there is already, in the data folder or where it
 * was opened from lately; else one to be made in `libraryFolder`, or in the data folder for null.
 */
export function libraryOfFolder(
  pictureFolder: string,
  dataFolder: string,
  libraryFolder: string | null,
): string {
  const usual = defaultLibraryFile(pictureFolder, dataFolder);
  if (existsSync(usual)) return usual;
  const name = libraryFileName(pictureFolder);
  const chosen = libraryFolder === null ? usual : join(libraryFolder, name);
  if (existsSync(chosen)) return chosen;
  const known = recentLibraries(dataFolder).find(
    ({ file }) => basename(file) === name && existsSync(file),
  );
  return known?.file ?? chosen;
}
