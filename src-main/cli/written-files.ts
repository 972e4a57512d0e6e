import { refuseExisting, withFileSet } from '../engine/exchange/destination/file-set.ts';

/** A file that a command writes itself: its absolute path, and its text once that is known. */
interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Refuses files that are there already, before the work that fills them begins.
 * @throws EngineError file-exists
 */
export async function refuseWritten(
  paths: readonly (string | undefined)[],
  isReplaced = false,
): Promise<void> {
  if (isReplaced) return;
  for (const path of paths) if (path !== undefined) await refuseExisting(path);
}

/**
 * Writes files, all or none; one that is replaced stays whole until all are complete.
 * @throws EngineError file-exists, disk-full and other reasons of the disk
 */
export async function writeFiles(files: readonly WrittenFile[], isReplaced = false): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  await withFileSet({ overwrite: isReplaced, file: first.path }, async (set) => {
    for (const { path, text } of files) await (await set.create(path)).text(text);
  });
}
