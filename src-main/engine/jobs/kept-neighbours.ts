import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { RunEmbeddings } from '../embedding-cache.ts';
import type { Library } from '../store/library-file.ts';
import { readNeighbours, saveNeighbours } from '../store/neighbours.ts';

interface Search {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/**
 * At least `k` exact neighbours of every picture of a run (fewer where there are fewer pictures),
 * read from the library or searched and kept there; null when there is only one picture.
 */
export async function keptNeighbours(
  library: Library,
  { weightsHash, ids, rowOfId, vectors, count, dimensions }: RunEmbeddings,
  k: number,
  search: Search,
): Promise<Neighbours | null> {
  const possible = Math.min(k, count - 1);
  if (possible < 1) return null;
  const kept = readNeighbours(library, weightsHash, 'h', ids);
  if (kept !== null && kept.k >= possible) {
    const rows = Int32Array.from(kept.ids, (id) => rowOfId.get(id) ?? -1);
    return { rows, similarities: kept.similarities, k: kept.k };
  }
  const found = await exactNeighbours({ vectors, count, dimensions, k: possible, ...search });
  const neighbourIds = Uint32Array.from(found.rows, (row) => ids[row] ?? 0);
  const { similarities } = found;
  saveNeighbours(library, weightsHash, 'h', ids, { k: possible, ids: neighbourIds, similarities });
  return found;
}
