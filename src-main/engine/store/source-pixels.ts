import type { Library } from './library-file.ts';
import { sampleIdsAsJson } from './sample-ids.ts';

/** A stored picture of any shape: RGB bytes [height, width, 3]. */
interface StoredSource {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Stores an uncropped picture whose shorter side has at most `side` pixels. */
export function saveSourcePixels(
  library: Library,
  sampleId: number,
  side: number,
  { width, height, rgb }: StoredSource,
): void {
  library
    .query(
      `INSERT INTO sourcePixels (sampleId, size, width, height, rgb)
       VALUES (@sampleId, @side, @width, @height, @rgb)
       ON CONFLICT (sampleId, size) DO UPDATE
       SET width = excluded.width, height = excluded.height, rgb = excluded.rgb`,
    )
    .run({ sampleId, side, width, height, rgb });
}

/**
 * Those of the given samples, in their order, that have a side of more than `size` pixels and are not
 * stored uncropped with a shorter side of `side` pixels.
 */
export function samplesWithoutSourcePixels(
  library: Library,
  sampleIds: Uint32Array,
  { size, side }: { readonly size: number; readonly side: number },
): Uint32Array {
  const rows = library
    .query<{ id: number }>(
      `SELECT samples.id AS id FROM json_each(?) AS wanted
       CROSS JOIN samples ON samples.id = wanted.value
       WHERE max(samples.width, samples.height) > ? AND NOT EXISTS
         (SELECT 1 FROM sourcePixels WHERE sampleId = samples.id AND sourcePixels.size = ?)
       ORDER BY wanted.key`,
    )
    .all(sampleIdsAsJson(sampleIds), size, side);
  return Uint32Array.from(rows, ({ id }) => id);
}

/** Width and height in pixels of each of the given samples, in their order; 0 for an unknown one. */
export function sidesOfSamples(
  library: Library,
  sampleIds: Uint32Array,
): readonly { readonly width: number; readonly height: number }[] {
  return library
    .query<{ width: number; height: number }>(
      `SELECT coalesce(width, 0) AS width, coalesce(height, 0) AS height
       FROM json_each(?) AS wanted LEFT JOIN samples ON samples.id = wanted.value
       ORDER BY wanted.key`,
    )
    .all(sampleIdsAsJson(sampleIds));
}
