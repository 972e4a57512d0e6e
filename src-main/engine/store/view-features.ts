import { EngineError } from '../../contract/errors/errors.ts';
import { toBlob } from './blobs.ts';
import type { Library } from './library-file.ts';
import { sampleIdsAsJson } from './sample-ids.ts';

/** Identifies cached views: the encoder of the features, and what the views were drawn from. */
export interface ViewFeaturesKey {
  readonly encoderHash: string;
  readonly drawsHash: string;
}

/** Before the hash of weights, the features of the layers of that encoder which a fine-tuning does not train. */
export const frozenPartOf = 'frozen part of ';

/** Stores the features of pictures' views, [n, views · dimensions], in one transaction. */
export function saveViewFeatures(
  library: Library,
  { encoderHash, drawsHash }: ViewFeaturesKey,
  sampleIds: Uint32Array,
  vectors: Float16Array,
): void {
  const length = vectors.length / sampleIds.length;
  const insert = library.query(
    `INSERT OR REPLACE INTO viewFeatures (encoderHash, drawsHash, sampleId, vectors)
     VALUES (?, ?, ?, ?)`,
  );
  library.write(() => {
    for (const [row, sampleId] of sampleIds.entries()) {
      const ofPicture = vectors.subarray(row * length, (row + 1) * length);
      insert.run(encoderHash, drawsHash, sampleId, toBlob(ofPicture));
    }
  });
}

/** The given samples without cached features of their views, in their order. */
export function samplesWithoutViewFeatures(
  library: Library,
  { encoderHash, drawsHash }: ViewFeaturesKey,
  sampleIds: Uint32Array,
): Uint32Array {
  const rows = library
    .query<{ id: number }>(
      `SELECT value AS id FROM json_each(?) AS wanted WHERE NOT EXISTS
         (SELECT 1 FROM viewFeatures
          WHERE encoderHash = ? AND drawsHash = ? AND sampleId = wanted.value)
       ORDER BY wanted.key`,
    )
    .all(sampleIdsAsJson(sampleIds), encoderHash, drawsHash);
  return Uint32Array.from(rows, ({ id }) => id);
}

/**
 * The cached features of pictures' views in the order of the ids, `length` values for each picture.
 * @throws EngineError not-found where those of one are missing, or have another length
 */
export function readViewFeatures(
  library: Library,
  { encoderHash, drawsHash }: ViewFeaturesKey,
  sampleIds: Uint32Array,
  length: number,
): Float16Array {
  const vectors = new Float16Array(sampleIds.length * length);
  const bytes = new Uint8Array(vectors.buffer);
  const bytesEach = length * Float16Array.BYTES_PER_ELEMENT;
  const rows = library
    .query<{ targetRow: number; vectors: Buffer }>(
      `SELECT wanted.key AS targetRow, vectors FROM json_each(?) AS wanted
       CROSS JOIN viewFeatures
         ON encoderHash = ? AND drawsHash = ? AND sampleId = wanted.value`,
    )
    .iterate(sampleIdsAsJson(sampleIds), encoderHash, drawsHash);
  let count = 0;
  for (const row of rows) {
    if (row.vectors.length !== bytesEach) continue;
    bytes.set(row.vectors, row.targetRow * bytesEach);
    count += 1;
  }
  if (count === sampleIds.length) return vectors;
  throw new EngineError(
    'not-found',
    `The features of the views of ${sampleIds.length - count} pictures are not in the library; start the training again.`,
  );
}

/**
 * Deletes the cached features of other views of the same encoder: those of one training at a time are
 * stored, and those of the draws `spared`.
 */
export function dropOtherViewFeatures(
  library: Library,
  { encoderHash, drawsHash }: ViewFeaturesKey,
  spared: string = drawsHash,
): void {
  library
    .query('DELETE FROM viewFeatures WHERE encoderHash = ? AND drawsHash NOT IN (?, ?)')
    .run(encoderHash, drawsHash, spared);
}
