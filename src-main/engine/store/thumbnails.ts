import type { Library } from './library-file.ts';

/**
 * The thumbnail of a picture by content hash, with a longest side of 160 pixels: a WebP, or the file of a small
 * plain JPEG or PNG; or null.
 */
export function readThumbnail(library: Library, hash: string): Uint8Array | null {
  const row = library
    .query<{ image: Buffer }>(
      'SELECT image FROM thumbnails JOIN samples ON samples.id = sampleId WHERE hash = ?',
    )
    .get(hash);
  return row?.image ?? null;
}

/** Stores the thumbnail of a sample. */
export function saveThumbnail(library: Library, sampleId: number, image: Uint8Array): void {
  library
    .query(
      'INSERT INTO thumbnails (sampleId, image) VALUES (?, ?) ON CONFLICT (sampleId) DO UPDATE SET image = excluded.image',
    )
    .run(sampleId, image);
}
