import type {
  ComparisonWithMaps,
  comparisonWithMapsInput,
  MapAlignment,
} from '../../contract/comparison.ts';
import type { OutdatedComparison } from '../../contract/outdated-comparison.ts';
import { compareInput } from '../../contract/comparison.ts';
import type { z } from 'zod';
import { comparedLoss } from './compared-loss.ts';
import { findCompared } from './compared-weights.ts';
import { describedComparison } from './described-comparison.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { ComparisonStore, sharedIds } from './stored-comparison.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { alignMaps } from '../map/align-maps.ts';
import { positionsOf } from '../map/map-positions.ts';
import { projectOntoMap } from '../map/projected-map.ts';
import { hasEmbeddings } from '../store/embeddings.ts';
import { latestMap } from '../store/maps.ts';
import type { StoredMap } from '../store/maps.ts';

const projectedNeighbours = 15;

/** Two runs as they are embedded, and the store of their comparison. */
async function storeOf(
  { library, embeddings }: EmbeddedLibrary,
  { a, b, k }: Pick<z.infer<typeof comparisonWithMapsInput>, 'a' | 'b' | 'k'>,
) {
  const [first, second] = [findCompared(library, a), findCompared(library, b)];
  const hashes = [first.weightsHash, second.weightsHash] as const;
  if (!hashes.every((hash) => hasEmbeddings(library, hash, 'h'))) return null;
  const one = await embeddings.ofWeights(first.name, hashes[0]);
  const other = await embeddings.ofWeights(second.name, hashes[1]);
  const ids = sharedIds(one, other);
  const { most, seed } = compareInput.parse({ runs: [a, b] });
  const losses = [comparedLoss(library, first, ids), comparedLoss(library, second, ids)] as const;
  const store = new ComparisonStore(library, hashes, ids, { k, most, seed, losses });
  return { compared: [first, second] as const, hashes, other, store };
}

/**
 * What changed since two runs were last compared; null if they were not, or are compared as of now.
 * @throws EngineError not-found if a run, or its checkpoint, is gone
 */
export async function outdatedComparisonOf(
  opened: EmbeddedLibrary,
  input: z.infer<typeof comparisonWithMapsInput>,
): Promise<OutdatedComparison> {
  const found = await storeOf(opened, input);
  if (found === null || found.store.read() !== null) return null;
  return found.store.changedSince();
}

/**
 * A stored comparison with the maps of both runs, laid over each other; null if it is not stored.
 * @throws EngineError not-found if a run, or its checkpoint, is gone
 */
export async function comparisonWithMaps(
  opened: EmbeddedLibrary,
  { alignment, ...asked }: z.infer<typeof comparisonWithMapsInput>,
): Promise<ComparisonWithMaps | null> {
  const { library } = opened;
  const found = await storeOf(opened, asked);
  if (found === null) return null;
  const { compared, hashes, other, store } = found;
  const stored = store.read();
  const comparison = stored && describedComparison(library, compared, store, stored);
  if (stored === null || comparison === null) return null;
  const maps = [latestMap(library, hashes[0]), latestMap(library, hashes[1])] as const;
  return {
    comparison,
    ids: new Uint32Array(store.ids),
    overlap: Float32Array.from(stored.overlap),
    hardness: Float32Array.from(stored.hardness),
    maps: maps[0] && maps[1] && alignedMaps([maps[0], maps[1]], other, store, alignment),
  };
}

/** Both maps of the shared pictures; null if a map lacks one of them. */
function alignedMaps(
  [first, second]: readonly [StoredMap, StoredMap],
  embeddings: RunEmbeddings,
  store: ComparisonStore,
  alignment: MapAlignment,
): ComparisonWithMaps['maps'] {
  const { ids } = store;
  const a = positionsOf(first, ids);
  const b = positionsOf(second, ids);
  if (a === null || b === null) return null;
  const started = alignment === 'started' ? store.startedMap(first).read() : null;
  if (started) return { ...turned(a, started), alignment: 'started' };
  if (alignment === 'projected' && embeddings.neighbours) {
    const indexOfId = new Map(Array.from(ids, (id, index) => [id, index]));
    const mapRows = Int32Array.from(embeddings.ids, (id) => indexOfId.get(id) ?? -1);
    const k = projectedNeighbours;
    const { coordinates, residual } = projectOntoMap(a, embeddings.neighbours, mapRows, k);
    return { a, b: new Float32Array(coordinates), alignment, residual };
  }
  return { ...turned(a, b), alignment: 'procrustes' };
}

function turned(a: Float32Array<ArrayBuffer>, moving: Float32Array) {
  const { coordinates, residual } = alignMaps(a, moving);
  return { a, b: new Float32Array(coordinates), residual };
}
