import { setImmediate } from 'node:timers/promises';
import { evidenceBits } from '../../contract/negatives.ts';
import type {
  FalseNegativeRate,
  FalseNegativeRateInput,
  QueuedPair,
  VerdictQueue,
  VerdictQueueInput,
} from '../../contract/verdict-queue.ts';
import { candidatesOf } from '../anchor-candidates.ts';
import { explainCandidates, explanationSettings } from '../explain-run-anchor.ts';
import type { AnchorColumns } from '../explain-run-anchor.ts';
import type { JudgedPicture, VerdictKind } from '../../contract/verdicts.ts';
import type { LibrarySession } from '../library-session.ts';
import { lastLedgerEpoch } from '../store/ledger.ts';
import { findRun } from '../store/runs.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { seedRandom } from '../training/random.ts';
import {
  openRandomPairs,
  randomPairs,
  samePairKey,
  sampledAnchors,
  shortlistFromLedger,
} from './queue-drafts.ts';
import type { DraftPair } from './queue-drafts.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** An anchor gives up to this many pairs, a few, so that no anchor fills the queue. */
const pairsPerAnchor = 8;
const noVerdicts = { same: new Set<number>(), different: new Set<number>() };

type Columns = Omit<AnchorColumns, 'batch'>;
interface ScoredPair {
  readonly pair: QueuedPair;
  readonly score: number;
}

/**
 * Pairs of a run's embedded pictures that have no verdict yet, the one to judge first in front. Work
 * is bounded: at most one anchor for each place is compared with the library.
 * @throws EngineError not-found when there is no such run, or it has no embeddings yet
 */
export async function verdictQueueOf(
  session: LibrarySession,
  { run: reference, order, seed, limit }: VerdictQueueInput,
): Promise<VerdictQueue> {
  const { library } = session;
  const embeddings = await session.embeddings.ofRun(reference);
  const run = findRun(library, reference);
  const judged = new Set(
    listVerdicts(library).map(({ hashA, hashB }) => samePairKey(hashA, hashB)),
  );
  const known = { samples: session.samples(), embeddings, judged };
  const placeOfId = new Map(Array.from(known.samples.ids, (id, place) => [id, place]));
  const pictureOf = (id: number): JudgedPicture => {
    const place = placeOfId.get(id) ?? -1;
    const { hashes, paths } = known.samples;
    return { hash: hashes[place] ?? '', path: paths[place] ?? null };
  };
  const random = seedRandom(seed);
  const epoch = order === 'matter' ? lastLedgerEpoch(library, run.id) : null;
  const drafts =
    order === 'random'
      ? openRandomPairs(known, random, limit)
      : epoch === null
        ? sampledAnchors(known, random, Math.ceil(limit / 2))
        : shortlistFromLedger(library, { run: run.id, epoch }, known, limit);
  const settings = explanationSettings(run, {});
  const pairs: ScoredPair[] = [];
  const taken = new Set<string>();
  for (const { anchor, others } of drafts) {
    // Calls are answered in between: one anchor takes some milliseconds at 10,000 pictures.
    await setImmediate();
    const row = embeddings.rowOfId.get(anchor) ?? 0;
    const candidates = candidatesOf(embeddings, row, known.samples);
    const explained = explainCandidates(embeddings, candidates, settings, noVerdicts);
    for (const other of others ?? mostSuspect(explained)) {
      const scored = scoredPair(pictureOf, anchor, other, explained);
      const key = samePairKey(scored.pair.anchor.hash, scored.pair.candidate.hash);
      if (judged.has(key) || taken.has(key)) continue;
      taken.add(key);
      pairs.push(scored);
    }
  }
  if (order === 'matter') pairs.sort((a, b) => b.score - a.score);
  return {
    source: epoch === null ? 'explanation' : 'ledger',
    pairs: pairs.slice(0, limit).map(({ pair }) => pair),
  };
}

/**
 * The rate of false negatives among all pairs of a run's pictures, from the first pairs of the random
 * order up to one without a verdict: in whatever order these were judged, they were drawn at random.
 * @throws EngineError not-found when there is no such run, or it has no embeddings yet
 */
export async function falseNegativeRateOf(
  session: LibrarySession,
  { run, seed }: FalseNegativeRateInput,
): Promise<FalseNegativeRate> {
  const embeddings = await session.embeddings.ofRun(run);
  const verdictOf = new Map(
    listVerdicts(session.library).map(({ hashA, hashB, verdict }) => [
      samePairKey(hashA, hashB),
      verdict,
    ]),
  );
  const counts: Record<VerdictKind, number> = { same: 0, different: 0, unsure: 0 };
  const pairs = randomPairs({ samples: session.samples(), embeddings }, seedRandom(seed));
  for (const { key } of pairs) {
    const verdict = verdictOf.get(key);
    if (verdict === undefined) break;
    counts[verdict] += 1;
  }
  const { same, different, unsure } = counts;
  const judged = same + different;
  return { judged, same, unsure, estimate: wilsonInterval(same, judged) };
}

/** Those of an anchor's candidates that matter most. */
function mostSuspect({ ids, share, posterior, evidence }: Columns): DraftPair[] {
  const scores = Array.from(ids, (id, place) => ({
    id,
    share: share[place] ?? 0,
    score: matter(share[place] ?? 0, posterior[place] ?? 0, evidence[place] ?? 0),
  }));
  return scores.sort((a, b) => b.score - a.score).slice(0, pairsPerAnchor);
}

/** Share of the gradient x suspicion, the mean of its three signs: posterior, label, mutual kNN. */
function matter(share: number, posterior: number, evidence: number): number {
  const sameLabel = evidence & evidenceBits.sameLabel ? 1 : 0;
  const mutual = evidence & evidenceBits.mutualKnn ? 1 : 0;
  return (Math.abs(share) * (posterior + sameLabel + mutual)) / 3;
}

function scoredPair(
  pictureOf: (id: number) => JudgedPicture,
  anchor: number,
  { id, share: recorded }: DraftPair,
  explained: Columns,
): ScoredPair {
  const place = explained.ids.indexOf(id);
  const share = recorded ?? explained.share[place] ?? 0;
  const posterior = explained.posterior[place] ?? 0;
  const evidence = explained.evidence[place] ?? 0;
  const pair = {
    anchor: pictureOf(anchor),
    candidate: pictureOf(id),
    similarity: explained.similarity[place] ?? 0,
    rank: place + 1,
    ...{ share, evidence, posterior },
    reason: reasonFor({ share, posterior, evidence, rank: place + 1 }),
  };
  return { pair, score: matter(share, posterior, evidence) };
}

function reasonFor({
  share,
  posterior,
  evidence,
  rank,
}: Pick<QueuedPair, 'share' | 'posterior' | 'evidence' | 'rank'>): string {
  const signs = [
    ...(evidence & evidenceBits.sameLabel ? ['same label'] : []),
    ...(evidence & evidenceBits.mutualKnn ? ['each among the other’s nearest'] : []),
    `${(100 * posterior).toFixed(0)} % likely false by its rank, ${rank}`,
  ];
  return `Takes ${(100 * share).toFixed(1)} % of the gradient; ${signs.join(', ')}.`;
}
