import type { Library } from './library-file.ts';

/** The similarity in space z of a picture's views to its positive, over several of them. */
export interface MeasuredPositive {
  readonly mean: number;
  /** The standard deviation. */
  readonly spread: number;
  /** The number of drawn views. */
  readonly views: number;
}

/** Measured positives as columns of one length. */
export interface PositiveColumns {
  readonly sampleIds: Uint32Array;
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  readonly views: number;
}

/** Stores the measured positives of pictures under some weights; replaces earlier ones. */
export function savePositives(
  library: Library,
  weightsHash: string,
  { sampleIds, mean, spread, views }: PositiveColumns,
): void {
  const insert = library.query(
    `INSERT OR REPLACE INTO positives (weightsHash, sampleId, mean, spread, views)
     VALUES (?, ?, ?, ?, ?)`,
  );
  library.write(() => {
    for (const [row, id] of sampleIds.entries()) {
      insert.run(weightsHash, id, mean[row] ?? 0, spread[row] ?? 0, views);
    }
  });
}

/** The measured positive of a picture under some weights; null where it was not measured. */
export function readPositive(
  library: Library,
  weightsHash: string,
  sampleId: number,
): MeasuredPositive | null {
  return (
    library
      .query<MeasuredPositive>(
        'SELECT mean, spread, views FROM positives WHERE weightsHash = ? AND sampleId = ?',
      )
      .get(weightsHash, sampleId) ?? null
  );
}
