import type { Library } from './library-file.ts';

/** WebP bytes of a picture by content hash, longest side 160 px, or null. */
export function readThumbnail(library: Library, hash: string): Uint8Array | null {
  const row = library
    .query<{ image: Buffer }>(
      'SELECT image FROM thumbnails JOIN samples ON samples.id = sampleId WHERE hash = ?',
    )
    .get(hash);
  return row?.image ?? null;
}

export function saveThumbnail(library: Library, sampleId: number, image: Uint8Array): void {
  library
    .query(
      'INSERT INTO thumbnails (sampleId, image) VALUES (?, ?) ON CONFLICT (sampleId) DO UPDATE SET image = excluded.image',
    )
    .run(sampleId, image);
}
