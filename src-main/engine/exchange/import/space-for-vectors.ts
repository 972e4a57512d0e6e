import { dirname } from 'node:path';
import { checkDiskSpace } from '../destination/disk-space.ts';

/** What SQLite keeps beside a vector: its key, its place in the pages, and the write-ahead log's share. */
const bytesPerRow = 200;

/**
 * Refuses to begin an import that the library's disk has no room for.
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
