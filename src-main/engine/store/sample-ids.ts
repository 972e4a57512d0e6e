import { createHash } from 'node:crypto';
import { toBlob } from './blobs.ts';

/**
 * SHA-256 (hex) of a list of sample ids in its order; it identifies the samples of neighbours and maps.
 */
export function hashSampleIds(sampleIds: Uint32Array): string {
  return createHash('sha256').update(toBlob(sampleIds)).digest('hex');
}

/**
 * Sample ids as a JSON array, for `json_each` in a query. Join it by CROSS JOIN, so that SQLite walks
 * the ids: its planner may else walk the table and search the array for each row.
 */
export function sampleIdsAsJson(sampleIds: Uint32Array): string {
  return `[${sampleIds.join(',')}]`;
}

/** The ids in a JSON array that SQLite made: a row of its own for each id takes ten times as long. */
export function idsOfJson(json: string): Uint32Array {
  return new Uint32Array(JSON.parse(json) as number[]);
}
