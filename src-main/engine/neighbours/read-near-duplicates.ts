import type { NearDuplicates } from '../../contract/near-duplicates.ts';
import type { RunEmbeddings } from './embedding-cache.ts';
import { nearDuplicateRows } from './near-duplicates.ts';

/** The near-duplicates of a run, from its stored neighbours; null where no neighbours are stored. */
export function readNearDuplicates(
  { ids, neighbours, count }: RunEmbeddings,
  threshold: number,
): NearDuplicates | null {
  if (neighbours === null && count > 1) return null;
  const none = { median: 0, cut: 0, pairs: [], groups: [] };
  const { median, cut, pairs, groups } =
    neighbours === null ? none : nearDuplicateRows(neighbours, threshold);
  const idOf = (row: number): number => ids[row] ?? 0;
  return {
    median,
    cut,
    first: Uint32Array.from(pairs, ({ first }) => idOf(first)),
    second: Uint32Array.from(pairs, ({ second }) => idOf(second)),
    distance: Float32Array.from(pairs, ({ distance }) => distance),
    groups: groups.map(({ pictures, links }) => ({ pictures: pictures.map(idOf), links })),
  };
}
