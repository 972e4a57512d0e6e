import { dirname } from 'node:path';
import { checkDiskSpace } from '../destination/disk-space.ts';

/**
 * Bytes that SQLite needs for each vector besides its values: the key, the overhead of pages, and the
 * share of the write-ahead log.
 */
const bytesPerRow = 200;

/**
 * Refuses to begin an import that does not fit on the library's disk.
 * @throws EngineError disk-full
 */
export async function checkSpaceForVectors(
  libraryFile: string,
  rows: number,
  dimensions: number,
): Promise<void> {
  await checkDiskSpace(
    dirname(libraryFile),
    rows * (4 * dimensions + bytesPerRow),
    (needed, free) =>
      `The vectors take about ${needed}, and the disk that holds the library ${libraryFile} has ${free} free. Free some space, or move the library to another disk.`,
  );
}
