import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';

/** Of more pictures, all neighbours take minutes: only a run whose neighbours are stored brings its own. */
export const searchedAtMost = 10_000;

const searched = new WeakMap<RunEmbeddings, Promise<Neighbours>>();

/**
 * At least `k` exact neighbours of every row (fewer where there are fewer rows): those that a job has
 * found, else they are found now and kept with the embeddings. Null for one picture alone, and for a
 * large run whose neighbours are not stored.
 */
export async function knownNeighbours(
  embeddings: RunEmbeddings,
  k: number,
): Promise<Neighbours | null> {
  const { vectors, count, dimensions, neighbours: stored } = embeddings;
  const possible = Math.min(k, count - 1);
  if (possible < 1) return null;
  if (stored !== null && stored.k >= possible) return stored;
  if (count > searchedAtMost) return null;
  const before = await searched.get(embeddings);
  if (before !== undefined && before.k >= possible) return before;
  const search = exactNeighbours({ vectors, count, dimensions, k: possible });
  searched.set(embeddings, search);
  return await search;
}
