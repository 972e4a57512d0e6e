import type { JudgedPairs } from '../../contract/judged-pairs.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { ComparedSpace } from '../explain/compared-space.ts';
import type { Calibration } from '../explain/suspicion/calibration.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';

/** A run's embedded pictures, and the verdicts on them. */
export interface KnownPictures {
  readonly samples: SampleColumns;
  readonly embeddings: RunEmbeddings;
  /** The space in which their pairs are explained; h where left out. */
  readonly compared?: ComparedSpace;
  /** What known pairs of that space say; left out where no posterior is asked for. */
  readonly calibration?: Calibration;
  readonly judged: JudgedPairs;
}

/** Gives whether two pictures are different, both embedded, and no verdict decides on them. */
export function openPairs({ samples, embeddings, judged }: KnownPictures) {
  const hashOf = hashById(samples);
  return (anchor: number, id: number): boolean =>
    id !== anchor &&
    embeddings.rowOfId.has(anchor) &&
    embeddings.rowOfId.has(id) &&
    judged.settled(hashOf.get(anchor) ?? '', hashOf.get(id) ?? '') === null;
}

/** The content hash of each picture by its sample id. */
export function hashById({ ids, hashes }: SampleColumns): ReadonlyMap<number, string> {
  return new Map(Array.from(ids, (id, index) => [id, hashes[index] ?? '']));
}
