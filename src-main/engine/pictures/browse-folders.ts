import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { FolderListing } from '../../contract/library.ts';
import { compareNaturally } from '../store/natural-order.ts';
import { fileError, PictureError } from './picture-error.ts';
import { looksLikePicture } from './picture-format.ts';

/** The most pictures that are counted in one folder. */
const pictureCountLimit = 10_000;

/**
 * Lists a folder, for choosing one: its sub-folders (hidden ones left out), the number of files
 * directly in it that are pictures by name, and the files that may be encoders or libraries. Without a path, lists
 * the user's home folder.
 * @throws EngineError not-found, bad-picture-folder
 */
export async function browseFolders(path?: string): Promise<FolderListing> {
  const folder = resolve(path ?? homedir());
  const entries = await entriesOf(folder);
  const parent = dirname(folder);
  let pictureCount = 0;
  const names: string[] = [];
  const models: string[] = [];
  const libraries: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) names.push(entry.name);
    else if (isModel(entry.name)) models.push(entry.name);
    else if (entry.name.endsWith('.sqlite')) libraries.push(entry.name);
    else if (looksLikePicture(entry.name) === true) pictureCount++;
  }
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: withPaths(folder, names),
    models: withPaths(folder, models),
    libraries: withPaths(folder, libraries),
    pictureCount: Math.min(pictureCount, pictureCountLimit),
  };
}

const isModel = (name: string): boolean => name.endsWith('.onnx') || name === 'model.json';

function withPaths(folder: string, names: string[]): { name: string; path: string }[] {
  return names.sort(compareNaturally).map((name) => ({ name, path: join(folder, name) }));
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const error = fileError(cause);
    if (!(error instanceof PictureError)) throw error;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOTDIR') {
      throw new EngineError('not-found', `${folder} is a file, not a folder.`, { cause });
    }
    if (error.code === 'vanished') {
      throw new EngineError('not-found', `There is no folder ${folder}.`, { cause });
    }
    throw new EngineError('bad-picture-folder', `You have no permission to open ${folder}.`, {
      cause,
    });
  }
}
