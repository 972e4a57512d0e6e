import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from './file-errors.ts';

/**
 * Writes a small file in one step, and makes its folder if necessary: a reader finds the old or the new
 * text, and a disk that is full keeps the old one. `mode` are its rights, of the user's usual ones if left
 * out.
 * @throws EngineError disk-full, bad-argument, not-found, with a sentence that names the file
 */
export function replaceFile(file: string, text: string, mode?: number): void {
  const draft = `${file}.${process.pid}.tmp`;
  makeFolder(dirname(file));
  try {
    writeFileSync(draft, text, { mode });
    // An older draft of this name has the rights that it had.
    if (mode !== undefined) chmodSync(draft, mode);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw fileError(error, file);
  }
}

/** Makes a folder, and those it is in. @throws EngineError bad-argument, disk-full, with a sentence */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw fileError(error, folder);
  }
}
