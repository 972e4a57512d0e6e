import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError } from '../../../contract/errors.ts';

/** What SQLite keeps beside a vector: its key, its place in the pages, and the write-ahead log's share. */
const bytesPerRow = 200;

/** How many bytes a library grows by so many vectors, about. */
export function bytesOfVectors(rows: number, dimensions: number): number {
  return rows * (4 * dimensions + bytesPerRow);
}

/** @throws EngineError disk-full when the disk of a library has not so many bytes free */
export async function checkDiskSpace(libraryFile: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(libraryFile));
  const free = bavail * bsize;
  if (needed <= free) return;
  throw new EngineError(
    'disk-full',
    `The vectors take about ${megabytes(needed)} MB, and the disk that holds the library ${libraryFile} has ${megabytes(free)} MB free. Free some space, or move the library to another disk.`,
  );
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / 1_000_000).toLocaleString('en');
}
