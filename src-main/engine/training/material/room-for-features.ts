import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';

/** The part of the free disk space that cached features may take. */
const mostOfDisk = 0.5;

/**
 * Refuses features that would take more than half of what is free where the library lies.
 * @throws EngineError disk-full with both sizes
 */
export async function checkRoomForFeatures(
  libraryFile: string,
  bytes: number,
  freeBytes: (folder: string) => Promise<number> = freeOn,
): Promise<void> {
  const free = await freeBytes(dirname(libraryFile));
  if (bytes <= mostOfDisk * free) return;
  throw new EngineError(
    'disk-full',
    `The features of the views would take ${inWords(bytes)}, more than half of the ${inWords(free)} that are free where the library lies; cache fewer views, train from a later layer, take smaller pictures, or set views to 0.`,
  );
}

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function inWords(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
