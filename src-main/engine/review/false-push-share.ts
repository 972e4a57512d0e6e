import type { FalseNegativeRateInput, FalsePushShare } from '../../contract/verdict-queue.ts';
import { samePairKey } from '../../contract/judged-pairs.ts';
import type { VerdictKind } from '../../contract/verdicts.ts';
import { comparedSpace } from '../explain/compared-space.ts';
import type { EmbeddedLibrary } from '../neighbours/embedded-library.ts';
import { findRun } from '../store/runs.ts';
import { hashById } from './known-pictures.ts';
import { countsOf, judgedEstimate } from './judged-estimate.ts';
import { pushDraws, pushSource } from './push-draws.ts';
import { settledPairs } from './settled-pairs.ts';

/**
 * An estimate of the share of a run's push that is on false negatives: the mean over anchors of the
 * share of the push that is false. Pairs are drawn with the probability of their share of the push, so
 * that the part of the draws that are false is that share (Hansen and Hurwitz 1943: what each pair adds
 * divided by its probability is 1 if it is false, else 0). Counts the draws up to the first that is not
 * settled.
 * @throws EngineError not-found if there is no such run, or it has no embeddings yet
 */
export async function falsePushShareOf(
  session: EmbeddedLibrary,
  { run: reference, seed }: FalseNegativeRateInput,
): Promise<FalsePushShare> {
  const { library } = session;
  const embeddings = await session.embeddings.ofRun(reference);
  const projected = await session.embeddings.projected(embeddings);
  const run = findRun(library, reference);
  const compared = comparedSpace(library, run, embeddings, projected);
  const pictures = { samples: session.samples(), embeddings, compared };
  const settled = settledPairs(library, pictures.samples);
  const hashOf = hashById(pictures.samples);
  const source = pushSource(library, pictures, run, seed);
  const verdicts: VerdictKind[] = [];
  const pairs = new Set<string>();
  let byLabel = 0;
  for await (const { anchor, id } of pushDraws(source)) {
    const pair = [hashOf.get(anchor) ?? '', hashOf.get(id) ?? ''] as const;
    const verdict = settled.of(...pair);
    if (verdict === null) break;
    if (settled.isByLabel(...pair)) byLabel += 1;
    verdicts.push(verdict);
    pairs.add(samePairKey(...pair));
  }
  return {
    ...judgedEstimate(countsOf(verdicts), byLabel),
    source: source.epoch === null ? 'explanation' : 'ledger',
    recorded: source.recorded,
    pairs: pairs.size,
  };
}
