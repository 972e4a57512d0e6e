import type { Library } from '../../store/library-file.ts';
import { readThumbnail } from '../../store/thumbnails.ts';

/** How many thumbnails are converted at the same time. */
export const thumbnailsAtOnce = 64;

/** Converts the thumbnails of some pictures, in their order; null for a picture without one. */
export async function convertThumbnails<T>(
  library: Library,
  hashes: readonly string[],
  make: (thumbnail: Uint8Array) => Promise<T>,
): Promise<(T | null)[]> {
  return await Promise.all(
    hashes.map(async (hash) => {
      const thumbnail = readThumbnail(library, hash);
      return thumbnail === null ? null : await make(thumbnail);
    }),
  );
}
