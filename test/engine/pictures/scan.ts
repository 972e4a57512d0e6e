import type { Library } from '../../../src-main/engine/store/library-file.ts';
import {
  scanFolder,
  type FolderScan,
  type ScanOptions,
} from '../../../src-main/engine/pictures/scan-folder.ts';

/** Scans with one worker, which starts sooner than two, and labels from folders. */
export function scan(
  library: Library,
  folder: string,
  options: Partial<ScanOptions> = {},
): Promise<FolderScan> {
  return scanFolder({
    library,
    folder,
    labels: 'folder',
    signal: new AbortController().signal,
    onProgress: () => undefined,
    workers: 1,
    now: Date.now,
    ...options,
  });
}
