import { rename, rm, stat } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors.ts';
import { fileError } from './file-errors.ts';
import { isThere } from './is-there.ts';
import { OutputFile } from '../../formats/tables/output-file.ts';

const partialEnding = '.negatoscope-partial';

/**
 * The files of one export. Each is written under another name beside its own and takes its name when
 * all are whole, so that nobody sees half a file; when the work fails they are gone.
 */
export class FileSet {
  readonly #overwrite: boolean;
  readonly #files: { readonly path: string; readonly output: OutputFile; keep: boolean }[] = [];

  constructor(overwrite: boolean) {
    this.#overwrite = overwrite;
  }

  /** Begins a file that will have this path. @throws EngineError file-exists */
  create(path: string): Promise<OutputFile> {
    return this.#open(path, true);
  }

  /** Begins a file that is only needed meanwhile. */
  createSpool(path: string): Promise<OutputFile> {
    return this.#open(`${path}.spool`, false);
  }

  /** Gives the files their names; resolves to them with their sizes. */
  async finish(): Promise<{ path: string; bytes: number }[]> {
    for (const { output } of this.#files) await output.close();
    const kept = this.#files.filter(({ keep }) => keep);
    for (const { path } of kept) await this.#refuseExisting(path);
    // The file that was named comes first in the list and last onto the disk: it says all are there.
    for (const { path } of kept.toReversed()) await rename(`${path}${partialEnding}`, path);
    await this.#remove(this.#files.filter(({ keep }) => !keep));
    return Promise.all(kept.map(async ({ path }) => ({ path, bytes: (await stat(path)).size })));
  }

  /** Takes everything away that was written. */
  async abandon(): Promise<void> {
    for (const { output } of this.#files) await output.abandon();
    await this.#remove(this.#files);
  }

  async #open(path: string, keep: boolean): Promise<OutputFile> {
    if (keep) await this.#refuseExisting(path);
    try {
      // What an export left behind whose process was killed.
      await rm(`${path}${partialEnding}`, { force: true });
      const output = await OutputFile.create(`${path}${partialEnding}`);
      this.#files.push({ path, output, keep });
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
 * Writes files and gives them their names, or takes them away again when the work fails.
 * @throws EngineError file-exists, disk-full and whatever `work` throws
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
