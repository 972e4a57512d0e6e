import { createHash } from 'node:crypto';
import { toBlob } from './blobs.ts';

/** SHA-256, hex, of a list of sample ids in its order: names what neighbours and maps were made for. */
export function hashSampleIds(sampleIds: Uint32Array): string {
  return createHash('sha256').update(toBlob(sampleIds)).digest('hex');
}

/**
 * Sample ids as a JSON array, for `json_each` in a query. Join it with CROSS JOIN, which makes SQLite
 * go through the ids: its planner may otherwise go through the table and search the array each time.
 */
export function sampleIdsAsJson(sampleIds: Uint32Array): string {
  return `[${sampleIds.join(',')}]`;
}
