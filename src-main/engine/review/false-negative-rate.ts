import type { FalseNegativeRate, FalseNegativeRateInput } from '../../contract/verdict-queue.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { samplesAddedAfter } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { countsOf, judgedEstimate } from './judged-estimate.ts';
import { judgedPrefix } from './judged-prefix.ts';
import type { PairInOrder } from './judged-prefix.ts';
import { randomPairs } from './queue-drafts.ts';
import { settledPairs } from './settled-pairs.ts';

/**
 * An estimate of the rate of false negatives among all pairs of a run's pictures, from the judged pairs
 * at the beginning of the random order (`judgedPrefix`). These are a random sample, in whatever order
 * they were judged.
 * @throws EngineError not-found if there is no such run, or it has no embeddings yet
 */
export async function falseNegativeRateOf(
  session: EmbeddedLibrary,
  { run, seed }: FalseNegativeRateInput,
): Promise<FalseNegativeRate> {
  const embeddings = await session.embeddings.ofRun(run);
  // Sample ids ascend with the time at which pictures were added.
  const placeOf = new Map(Array.from(embeddings.ids.toSorted(), (id, place) => [id, place]));
  const pictures = { samples: session.samples(), embeddings };
  const settled = settledPairs(session.library, pictures.samples);
  const looked: { readonly latest: number; readonly byLabel: boolean }[] = [];
  function* pairs(): Generator<PairInOrder> {
    for (const { anchor, id, hashes } of randomPairs(pictures, seed)) {
      const latest = Math.max(placeOf.get(anchor) ?? 0, placeOf.get(id) ?? 0);
      looked.push({ latest, byLabel: settled.isByLabel(...hashes) });
      yield { latest, verdict: settled.of(...hashes) };
    }
  }
  const prefix = judgedPrefix(pairs(), embeddings.count, fewestPictures(session, embeddings.ids));
  const counted = looked
    .filter(({ latest }) => latest < prefix.pictures)
    .slice(0, prefix.verdicts.length);
  const byLabel = counted.filter((pair) => pair.byLabel).length;
  return {
    ...judgedEstimate(countsOf(prefix.verdicts), byLabel),
    pictures: prefix.pictures,
    embedded: embeddings.count,
  };
}

/**
 * The pictures that the estimate is never without: those that were here before the first verdict, and
 * at least half of all.
 */
function fewestPictures({ library }: EmbeddedLibrary, ids: Uint32Array): number {
  const first = listVerdicts(library).at(-1)?.createdAt ?? Infinity;
  const later = samplesAddedAfter(library, first);
  return Math.max(ids.length / 2, ids.filter((id) => !later.has(id)).length);
}
