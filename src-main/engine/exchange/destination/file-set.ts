import { chmod, rename, rm, stat } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors/errors.ts';
import { fileError } from '../../../files/file-errors.ts';
import { isFolder, isThere } from './is-there.ts';
import { OutputFile } from '../../formats/tables/output-file.ts';

const partialEnding = '.negatoscope-partial';

/**
 * The files of one export. Each is written under a temporary name in its folder. When all files are
 * complete, each gets its own name, so nobody sees half a file; one that is replaced stays whole until
 * then. When the work fails, all are deleted.
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
    for (const { path } of results.toReversed()) await swapIn(path);
    await this.#remove(this.#files.filter(({ isResult }) => !isResult));
    return Promise.all(results.map(async ({ path }) => ({ path, bytes: (await stat(path)).size })));
  }

  /** Deletes everything that was written. */
  async abandon(): Promise<void> {
    for (const { output } of this.#files) await output.abandon();
    await this.#remove(this.#files);
  }

  async #open(path: string, isResult: boolean): Promise<OutputFile> {
    if (isResult) {
      await this.#refuseExisting(path);
      this.#refuseTwice(path);
    }
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
    if (!this.#overwrite) await refuseExisting(path);
    // A folder of this name would be found only when every byte is written.
    if (await isFolder(path)) throw fileError(Object.assign(new Error(), { code: 'EISDIR' }), path);
  }

  #refuseTwice(path: string): void {
    if (!this.#files.some((file) => file.isResult && file.path === path)) return;
    throw new EngineError(
      'bad-argument',
      `"${path}" is named for two files of one export: give each its own name.`,
    );
  }

  async #remove(files: readonly { readonly path: string }[]): Promise<void> {
    for (const { path } of files) await rm(`${path}${partialEnding}`, { force: true });
  }
}

/** Gives a complete file its name; it takes over the rights of the file that it replaces. */
async function swapIn(path: string): Promise<void> {
  const partial = `${path}${partialEnding}`;
  if (await isThere(path)) await chmod(partial, (await stat(path)).mode & 0o777);
  await rename(partial, path);
}

/** Refuses a file that would be replaced. @throws EngineError file-exists */
export async function refuseExisting(path: string): Promise<void> {
  if (!(await isThere(path))) return;
  throw new EngineError(
    'file-exists',
    `"${path}" is there already: choose another name, or allow it to be replaced (--force).`,
  );
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
