import { EngineError } from '../../contract/errors/errors.ts';
import type { Library } from './library-file.ts';
import { sampleIdsAsJson } from './sample-ids.ts';

/** Stores a decoded picture: RGB bytes [size, size, 3], row-major. */
export function savePixels(
  library: Library,
  sampleId: number,
  size: number,
  rgb: Uint8Array,
): void {
  library
    .query(
      'INSERT INTO pixels (sampleId, size, rgb) VALUES (?, ?, ?) ON CONFLICT (sampleId, size) DO UPDATE SET rgb = excluded.rgb',
    )
    .run(sampleId, size, rgb);
}

/** The given samples that are not decoded at this size, in their order. */
export function samplesWithoutPixels(
  library: Library,
  sampleIds: Uint32Array,
  size: number,
): Uint32Array {
  const rows = library
    .query<{ id: number }>(
      `SELECT value AS id FROM json_each(?) AS wanted
       WHERE NOT EXISTS (SELECT 1 FROM pixels WHERE sampleId = wanted.value AND size = ?)
       ORDER BY wanted.key`,
    )
    .all(sampleIdsAsJson(sampleIds), size);
  return Uint32Array.from(rows, ({ id }) => id);
}

/**
 * Decoded pictures as one array of RGB bytes [n, size, size, 3], in the order of the ids.
 * @throws EngineError not-found where one is not decoded at this size
 */
export function readPixels(library: Library, sampleIds: Uint32Array, size: number): Uint8Array {
  const length = size * size * 3;
  const pictures = new Uint8Array(sampleIds.length * length);
  let count = 0;
  const rows = library
    .query<{ targetRow: number; rgb: Buffer }>(
      `SELECT wanted.key AS targetRow, rgb FROM json_each(?) AS wanted
       CROSS JOIN pixels ON sampleId = wanted.value AND size = ?`,
    )
    .iterate(sampleIdsAsJson(sampleIds), size);
  for (const { targetRow, rgb } of rows) {
    pictures.set(rgb, targetRow * length);
    count++;
  }
  if (count < sampleIds.length) {
    throw new EngineError(
      'not-found',
      `${sampleIds.length - count} of ${sampleIds.length} pictures are not decoded at ${size} x ${size} pixels yet.`,
    );
  }
  return pictures;
}
