import type { Library } from './library-file.ts';

/**
 * Everything that a comparison depends on: the hashes of two weights, the hash of the samples, and the
 * other parameters as JSON.
 */
export interface ComparisonKey {
  readonly first: string;
  readonly second: string;
  readonly samplesHash: string;
  readonly parameters: string;
}

/** Stores a result (JSON), replacing one with the same key. */
export function saveComparison(library: Library, key: ComparisonKey, result: string): void {
  library
    .query(
      `INSERT OR REPLACE INTO comparisons
       (firstWeights, secondWeights, samplesHash, parameters, result, createdAt)
       VALUES (@first, @second, @samplesHash, @parameters, @result, @createdAt)`,
    )
    .run({ ...key, result, createdAt: library.now() });
}

/** The stored result (JSON) for this key, or null. */
export function readComparison(library: Library, key: ComparisonKey): string | null {
  const row = library
    .query<{ result: string }>(
      `SELECT result FROM comparisons WHERE firstWeights = @first AND secondWeights = @second
       AND samplesHash = @samplesHash AND parameters = @parameters`,
    )
    .get(key);
  return row?.result ?? null;
}

/** The keys of all stored results of two weights, in this order, the newest first. */
export function comparisonKeys(library: Library, first: string, second: string): ComparisonKey[] {
  return library
    .query<ComparisonKey>(
      `SELECT firstWeights AS first, secondWeights AS second, samplesHash, parameters
       FROM comparisons WHERE firstWeights = ? AND secondWeights = ? ORDER BY createdAt DESC`,
    )
    .all(first, second);
}
