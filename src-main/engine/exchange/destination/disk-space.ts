import { statfs } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors.ts';

/**
 * Refuses work that the disk of a folder has no room for; `refusal` is given what is needed and what
 * is free, in words.
 * @throws EngineError disk-full
 */
export async function checkDiskSpace(
  folder: string,
  neededBytes: number,
  refusal: (needed: string, free: string) => string,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (neededBytes <= freeBytes) return;
  throw new EngineError('disk-full', refusal(inWords(neededBytes), inWords(freeBytes)));
}

/** What is left free beside an export. */
const spareBytes = 16 * 2 ** 20;

/**
 * Refuses to begin an export that the disk of its folder has no room for.
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
