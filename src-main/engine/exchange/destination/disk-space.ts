import { statfs } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors/errors.ts';
import { checkPlaceForFiles } from './place-for-files.ts';

/**
 * Refuses work that needs more bytes than the disk of a folder has free. `refusal` makes the sentence
 * of the error from both numbers, given in words.
 * @throws EngineError disk-full, and bad-argument where nothing is stored at all
 */
export async function checkDiskSpace(
  folder: string,
  neededBytes: number,
  refusal: (needed: string, free: string) => string,
): Promise<void> {
  await checkPlaceForFiles(folder);
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (neededBytes <= freeBytes) return;
  throw new EngineError('disk-full', refusal(inWords(neededBytes), inWords(freeBytes)));
}

/** Bytes that stay free on the disk after an export. */
const spareBytes = 16 * 2 ** 20;

/**
 * Refuses to begin an export that does not fit on the disk of its folder.
 * @throws EngineError disk-full
 */
export async function checkSpaceForExport(folder: string, bytes: number): Promise<void> {
  await checkDiskSpace(
    folder,
    bytes + spareBytes,
    (needed, free) =>
      `This export takes about ${needed}, but the disk of ${folder} has ${free} free; nothing was written.`,
  );
}

function inWords(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
