import { mutualNeighbourCount } from '../../contract/bins.ts';
import { mapInput } from '../../contract/map.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { layoutMap } from './layout-map.ts';
import { storedParameters } from './stored-parameters.ts';
import { latestMap, saveMap } from '../store/maps.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';

/**
 * Lays out and saves the map of some weights with default parameters, unless they have a map
 * already.
 */
export async function layOutMissingMap(
  { library, signal }: JobContext,
  embeddings: RunEmbeddings,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const { weightsHash, ids, vectors, count, dimensions } = embeddings;
  if (latestMap(library, weightsHash) !== null) return;
  const parameters = mapInput.omit({ run: true }).parse({});
  const k = Math.max(parameters.neighbours - 1, mutualNeighbourCount);
  const neighbours = await storedNeighbours(library, embeddings, k, {
    signal,
    onProgress: () => {},
  });
  const rows = { vectors, count, dimensions };
  const coordinates = await layoutMap({
    ...rows,
    ...(neighbours && { neighbours }),
    parameters,
    signal,
    onProgress,
  });
  const stored = storedParameters(parameters);
  saveMap(library, weightsHash, { parameters: stored, sampleIds: ids, coordinates });
}
