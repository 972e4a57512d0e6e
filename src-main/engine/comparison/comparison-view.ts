import type {
  ComparisonView,
  comparisonViewInput,
  MapAlignment,
} from '../../contract/comparison.ts';
import { compareInput } from '../../contract/comparison.ts';
import type { z } from 'zod';
import { findCompared } from './compared-weights.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { ComparisonPlace, sharedIds } from './kept-comparison.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { alignMaps } from '../map/align-maps.ts';
import { placesOf } from '../map/places-of.ts';
import { projectOntoMap } from '../map/projected-map.ts';
import { hasEmbeddings } from '../store/embeddings.ts';
import { latestMap } from '../store/maps.ts';
import type { StoredMap } from '../store/maps.ts';

const projectedNeighbours = 15;

/**
 * A comparison that was made before, with both maps in one frame; null where it was not made.
 * @throws EngineError not-found when a run, or its checkpoint, is gone
 */
export async function viewComparison(
  { library, embeddings }: EmbeddedLibrary,
  { a, b, k, alignment }: z.infer<typeof comparisonViewInput>,
): Promise<ComparisonView | null> {
  const [first, second] = [findCompared(library, a), findCompared(library, b)];
  const hashes = [first.weightsHash, second.weightsHash] as const;
  if (!hashes.every((hash) => hasEmbeddings(library, hash, 'h'))) return null;
  const one = await embeddings.ofWeights(first.name, hashes[0]);
  const other = await embeddings.ofWeights(second.name, hashes[1]);
  const ids = sharedIds(one, other);
  const { most, seed } = compareInput.parse({ runs: [a, b] });
  const place = new ComparisonPlace(library, hashes, ids, { k, most, seed });
  const kept = place.read();
  if (kept === null) return null;
  const maps = [latestMap(library, hashes[0]), latestMap(library, hashes[1])] as const;
  return {
    comparison: { ...kept.comparison, a: first.name, b: second.name },
    ids: new Uint32Array(ids),
    overlap: Float32Array.from(kept.overlap),
    hardness: Float32Array.from(kept.hardness),
    maps: maps[0] && maps[1] && laidTogether([maps[0], maps[1]], other, place, alignment),
  };
}

/** Null where a map leaves out a picture that both runs have. */
function laidTogether(
  [first, second]: readonly [StoredMap, StoredMap],
  embeddings: RunEmbeddings,
  place: ComparisonPlace,
  alignment: MapAlignment,
): ComparisonView['maps'] {
  const { ids } = place;
  const a = placesOf(first, ids);
  const b = placesOf(second, ids);
  if (a === null || b === null) return null;
  const started = alignment === 'started' ? place.startedMap(first).read() : null;
  if (started) return { ...turned(a, started), alignment: 'started' };
  if (alignment === 'projected' && embeddings.neighbours) {
    const placeOfId = new Map(Array.from(ids, (id, place) => [id, place]));
    const mapRows = Int32Array.from(embeddings.ids, (id) => placeOfId.get(id) ?? -1);
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
