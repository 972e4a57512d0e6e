import { statfs } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors.ts';

/** What is left free beside what is written. */
const spareBytes = 16 * 2 ** 20;

/**
 * Refuses to begin a file that the disk of a folder has no room for.
 * @throws EngineError disk-full
 */
export async function checkDiskSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes + spareBytes <= free) return;
  throw new EngineError(
    'disk-full',
    `This export takes about ${inWords(bytes)}, but the disk of ${folder} has ${inWords(free)} free; nothing was written.`,
  );
}

function inWords(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
