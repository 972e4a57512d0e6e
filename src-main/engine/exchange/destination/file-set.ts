import { rename, rm, stat } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors/errors.ts';
import { fileError } from './file-errors.ts';
import { isThere } from './is-there.ts';
import { OutputFile } from '../../formats/tables/output-file.ts';

const partialEnding = '.negatoscope-partial';

/**
 * The files of one export. Each is written under a temporary name in its folder. When all files are
 * complete, each gets its own name, so nobody sees half a file. When the work fails, all are deleted.
 */
export class FileSet {
  readonly #overwrite: boolean;
  readonly #files: { readonly path: string; readonly output: OutputFile; isResult: boolean }[] = [];

  constructor(overwrite: boolean) {
    this.#overwrite = overwrite;
  }

  /** Begins a file that gets this path when all are complete. @throws EngineError file-exists */
  create(path: string): Promise<OutputFile> {
    return this.#open(path, true);
  }

  /** Begins a file that is deleted when all are complete. */
  createSpool(path: string): Promise<OutputFile> {
    return this.#open(`${path}.spool`, false);
  }

  /** Gives the files their names; resolves to their paths with their sizes in bytes. */
  async finish(): Promise<{ path: string; bytes: number }[]> {
    for (const { output } of this.#files) await output.close();
    const results = this.#files.filter(({ isResult }) => isResult);
    for (const { path } of results) await this.#refuseExisting(path);
    // The first file is renamed last: once it exists, all exist.
    for (const { path } of results.toReversed()) await rename(`${path}${partialEnding}`, path);
    await this.#remove(this.#files.filter(({ isResult }) => !isResult));
    return Promise.all(results.map(async ({ path }) => ({ path, bytes: (await stat(path)).size })));
  }

  /** Deletes everything that was written. */
  async abandon(): Promise<void> {
    for (const { output } of this.#files) await output.abandon();
    await this.#remove(this.#files);
  }

  async #open(path: string, isResult: boolean): Promise<OutputFile> {
    if (isResult) await this.#refuseExisting(path);
    try {
      // A killed export may have left a file of this name.
      await rm(`${path}${partialEnding}`, { force: true });
      const output = await OutputFile.create(`${path}${partialEnding}`);
      this.#files.push({ path, output, isResult });
      return output;
    } catch (error) {
      throw fileError(error, path);
    }
  }

  async #refuseExisting(path: string): Promise<void> {
    if (this.#overwrite || !(await isThere(path))) return;
    throw new EngineError(
      'file-exists',
      `"${path}" is there already: choose another name, or allow it to be replaced (--force).`,
    );
  }

  async #remove(files: readonly { readonly path: string }[]): Promise<void> {
    for (const { path } of files) await rm(`${path}${partialEnding}`, { force: true });
  }
}

/**
 * Writes files by `work` and gives them their names, or deletes them when `work` fails.
 * @throws EngineError file-exists, disk-full, and everything that `work` throws
 */
export async function withFileSet(
  { overwrite, file }: { overwrite: boolean; file: string },
  work: (files: FileSet) => Promise<void>,
): Promise<{ path: string; bytes: number }[]> {
  const files = new FileSet(overwrite);
  try {
    await work(files);
    return await files.finish();
  } catch (error) {
    await files.abandon();
    throw fileError(error, file);
  }
}
