import type { JobContext } from '../jobs/job-context.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import type { ComparedSide } from './compare-rows.ts';

/**
 * A run's rows of the shared pictures, and `k` neighbours of each (fewer where there are fewer
 * pictures); stored ones if the run has no other pictures.
 */
export async function comparedSide(
  { library, signal }: Pick<JobContext, 'library' | 'signal'>,
  embeddings: RunEmbeddings,
  ids: Uint32Array,
  k: number,
  onProgress: (fraction: number) => void,
): Promise<ComparedSide> {
  const { dimensions, rowOfId, vectors: all } = embeddings;
  const wanted = Math.min(k, ids.length - 1);
  if (ids.length === embeddings.count) {
    const neighbours = await storedNeighbours(library, embeddings, wanted, { signal, onProgress });
    if (neighbours !== null) return { vectors: all, count: ids.length, dimensions, neighbours };
  }
  const vectors = new Float32Array(ids.length * dimensions);
  for (const [row, id] of ids.entries()) {
    const start = (rowOfId.get(id) ?? 0) * dimensions;
    vectors.set(all.subarray(start, start + dimensions), row * dimensions);
  }
  const rows = { vectors, count: ids.length, dimensions };
  return {
    ...rows,
    neighbours: await exactNeighbours({ ...rows, k: wanted, signal, onProgress }),
  };
}
