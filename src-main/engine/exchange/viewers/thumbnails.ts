import type { Library } from '../../store/library-file.ts';
import { readThumbnail } from '../../store/thumbnails.ts';

/** So many are turned into something else at the same time. */
export const thumbnailsAtOnce = 64;

/** What is made of the thumbnails (WebP) of a few pictures, in their order; null for one without. */
export async function madeOfThumbnails<T>(
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
