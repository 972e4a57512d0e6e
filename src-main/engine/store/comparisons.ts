import type { Library } from './library-file.ts';

/** What a comparison depends on: two weights' hashes, the samples' hash, and all else as JSON. */
export interface ComparisonKey {
  readonly first: string;
  readonly second: string;
  readonly samplesHash: string;
  readonly parameters: string;
}

/** Keeps a result (JSON), in place of one of the same key. */
export function saveComparison(library: Library, key: ComparisonKey, result: string): void {
  library
    .query(
      `INSERT OR REPLACE INTO comparisons
       (firstWeights, secondWeights, samplesHash, parameters, result, createdAt)
       VALUES (@first, @second, @samplesHash, @parameters, @result, @createdAt)`,
    )
    .run({ ...key, result, createdAt: library.now() });
}

/** The result (JSON) that was kept for this key, or null. */
export function readComparison(library: Library, key: ComparisonKey): string | null {
  const row = library
    .query<{ result: string }>(
      `SELECT result FROM comparisons WHERE firstWeights = @first AND secondWeights = @second
       AND samplesHash = @samplesHash AND parameters = @parameters`,
    )
    .get(key);
  return row?.result ?? null;
}
