import { accessSync, constants, mkdirSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { preferences, type Preferences } from '../contract/preferences.ts';
import { readKept, writeKept } from './kept-file.ts';

/** The user's preferences, in a file of the app's own folder. */
export class PreferencesFile {
  readonly #file: string;
  #current: Preferences;

  constructor(file: string) {
    this.#file = file;
    this.#current = readKept(file, preferences);
  }

  get current(): Preferences {
    return this.#current;
  }

  /** Keeps preferences; where that is not possible, returns why and changes nothing. */
  save(wanted: Preferences): string | null {
    const { libraryFolder } = wanted;
    if (libraryFolder !== null && libraryFolder !== this.#current.libraryFolder) {
      const obstacle = folderObstacle(libraryFolder);
      if (obstacle !== null) return obstacle;
    }
    try {
      writeKept(this.#file, wanted);
    } catch (error) {
      return `The preferences cannot be written to ${this.#file}: ${String(error)}`;
    }
    this.#current = wanted;
    return null;
  }
}

/** Why libraries cannot be made in a folder; null where they can. */
function folderObstacle(folder: string): string | null {
  if (!isAbsolute(folder)) return `${folder} is not the whole path of a folder.`;
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return null;
  } catch {
    return `Nothing can be written to ${folder}: choose another folder for libraries.`;
  }
}
