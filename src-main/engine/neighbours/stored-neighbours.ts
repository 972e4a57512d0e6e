import { exactNeighbours } from './exact-neighbours.ts';
import type { Neighbours } from './exact-neighbours.ts';
import type { RunEmbeddings } from './embedding-cache.ts';
import type { Library } from '../store/library-file.ts';
import { saveNeighbours } from '../store/neighbours.ts';

interface Search {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/**
 * At least `k` exact neighbours of every picture of a run (fewer where there are fewer pictures): those
 * in the library, else they are computed and stored there. Null when there is only one picture.
 */
export async function storedNeighbours(
  library: Library,
  { weightsHash, ids, neighbours, vectors, count, dimensions }: RunEmbeddings,
  k: number,
  search: Search,
): Promise<Neighbours | null> {
  const possible = Math.min(k, count - 1);
  if (possible < 1) return null;
  if (neighbours !== null && neighbours.k >= possible) return neighbours;
  const found = await exactNeighbours({ vectors, count, dimensions, k: possible, ...search });
  const neighbourIds = Uint32Array.from(found.rows, (row) => ids[row] ?? 0);
  const { similarities } = found;
  saveNeighbours(library, weightsHash, 'h', ids, { k: possible, ids: neighbourIds, similarities });
  return found;
}
