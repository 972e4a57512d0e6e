import { alikeAtMost } from '../../contract/verdict-queue.ts';
import type { AlikePairs, AlikePairsInput } from '../../contract/verdict-queue.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { hashById } from './known-pictures.ts';
import type { KnownPictures } from './known-pictures.ts';
import { pairFamilies } from './pair-families.ts';
import type { PairFamilies } from './pair-families.ts';
import { settledPairs } from './settled-pairs.ts';

/** A pair by sample id. */
type IdPair = readonly [number, number];

/** Gives whether a pair is the first of those between its two families, which are one question. */
export function firstOfFamilies(families: PairFamilies | null): (pair: IdPair) => boolean {
  const seen = new Set<string>();
  return (pair) => {
    if (families === null) return true;
    const key = families.keyOf(...pair);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

/** How many other open pairs are like a pair, `alikeAtMost` for so many or more. */
export function countAlike({ families, samples, settled }: KnownPictures) {
  const hashOf = hashById(samples);
  return (pair: IdPair): number => {
    let count = 0;
    for (const [one, other] of families?.alike(...pair) ?? []) {
      if (settled.of(hashOf.get(one) ?? '', hashOf.get(other) ?? '') === null) count += 1;
      if (count === alikeAtMost) break;
    }
    return count;
  };
}

/**
 * The other open pairs between the near-duplicates of a pair's pictures, `alikeAtMost` at most.
 * @throws EngineError not-found if there is no such run, or it has no embeddings yet
 */
export async function alikePairsOf(
  session: EmbeddedLibrary,
  run: AlikePairsInput['run'],
  pair: IdPair,
): Promise<AlikePairs> {
  const embeddings = await session.embeddings.ofRun(run);
  const samples = session.samples();
  const settled = settledPairs(session.library, samples);
  const families = await pairFamilies(embeddings, samples, listVerdicts(session.library));
  const indexOf = new Map(Array.from(samples.ids, (id, index) => [id, index]));
  const pictureOf = (id: number) => {
    const index = indexOf.get(id) ?? -1;
    return { hash: samples.hashes[index] ?? '', path: samples.paths[index] ?? null };
  };
  const pairs: AlikePairs['pairs'] = [];
  for (const [one, other] of families.alike(...pair)) {
    const pictures = [pictureOf(one), pictureOf(other)] as const;
    if (settled.of(pictures[0].hash, pictures[1].hash) !== null) continue;
    pairs.push([...pictures]);
    if (pairs.length === alikeAtMost) break;
  }
  return { pairs };
}
