import type { SampleColumns } from '../../contract/library.ts';
import type { ComparedSpace } from '../explain/compared-space.ts';
import type { Calibration } from '../explain/suspicion/calibration.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import type { PairFamilies } from './pair-families.ts';
import type { PairFilter } from './pair-filter.ts';
import type { SettledPairs } from './settled-pairs.ts';

/** A run's embedded pictures, as their pairs are explained. */
export interface ExplainedPictures {
  readonly samples: SampleColumns;
  readonly embeddings: RunEmbeddings;
  /** The space in which their pairs are explained; h where left out. */
  readonly compared?: ComparedSpace;
  /** What known pairs of that space say; left out where no posterior is asked for. */
  readonly calibration?: Calibration;
}

/** They, what is settled of them, and which pairs of them to ask. */
export interface KnownPictures extends ExplainedPictures {
  readonly settled: SettledPairs;
  readonly filter: PairFilter;
  /** Null where each pair is asked, however many are like it. */
  readonly families: PairFamilies | null;
}

/**
 * Gives whether to ask a pair: two different embedded pictures that pass the filter, nothing settles
 * them, and no pair of their families was judged.
 */
export function openPairs({ samples, embeddings, settled, filter, families }: KnownPictures) {
  const hashOf = hashById(samples);
  return (anchor: number, id: number): boolean =>
    id !== anchor &&
    filter.allows(anchor, id) &&
    embeddings.rowOfId.has(anchor) &&
    embeddings.rowOfId.has(id) &&
    families?.isJudged(anchor, id) !== true &&
    settled.of(hashOf.get(anchor) ?? '', hashOf.get(id) ?? '') === null;
}

/** The content hash of each picture by its sample id. */
export function hashById({ ids, hashes }: SampleColumns): ReadonlyMap<number, string> {
  return new Map(Array.from(ids, (id, index) => [id, hashes[index] ?? '']));
}
