import { setImmediate } from 'node:timers/promises';
import { JudgedPairs, samePairKey } from '../../contract/judged-pairs.ts';
import type { QueueOrder, VerdictQueue, VerdictQueueInput } from '../../contract/verdict-queue.ts';
import type { JudgedPicture } from '../../contract/verdicts.ts';
import { candidatesOf } from '../explain/anchor-candidates.ts';
import { comparedSpace } from '../explain/compared-space.ts';
import type { ComparedSpace } from '../explain/compared-space.ts';
import { explainCandidates, explanationSettings } from '../explain/explain-run-anchor.ts';
import type { ReviewedLibrary } from './reviewed-library.ts';
import { lastLedgerEpoch } from '../store/ledger.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { seedRandom } from '../numeric/random.ts';
import { openRandomPairs, sampledAnchors, shortlistFromLedger } from './queue-drafts.ts';
import type { Draft, KnownPictures } from './queue-drafts.ts';
import { matter, mostSuspect, queuedPair, withAgreement } from './queued-pair.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import { agreementOnPairs } from './run-agreement.ts';

/** For the order by agreement, so many times the wanted number of pairs are looked at. */
const shortlistFactor = 2;
const noVerdicts = { same: new Set<number>(), different: new Set<number>() };

/** The sample ids of two pictures that were asked for. */
type AskedPair = readonly [number, number];

/**
 * Pairs of a run's embedded pictures on which no verdict decides, the one to judge first in front; or
 * the pairs of `asked`. For each wanted pair at most two anchors are compared with the library.
 * @throws EngineError not-found if there is no such run, or it has no embeddings yet
 */
export async function verdictQueueOf(
  session: ReviewedLibrary,
  { run: reference, order, seed, limit }: Omit<VerdictQueueInput, 'pairs'>,
  asked: readonly AskedPair[] | null = null,
): Promise<VerdictQueue> {
  const { library } = session;
  const embeddings = await session.embeddings.ofRun(reference);
  const run = findRun(library, reference);
  const projected = await session.embeddings.projected(embeddings);
  const compared = comparedSpace(library, embeddings, projected);
  const { space } = compared;
  const known = {
    samples: session.samples(),
    embeddings,
    judged: new JudgedPairs(listVerdicts(library)),
  };
  const epoch = order === 'random' ? null : lastLedgerEpoch(library, run.id);
  if (asked !== null) {
    const drafts = asked
      .filter((pair) => pair.every((id) => embeddings.rowOfId.has(id)))
      .map(([anchor, id]) => ({ anchor, others: [{ id }] }));
    const pairs = await explainDrafts(session, known, run, compared, drafts);
    return { source: 'explanation', space, pairs, leftOut: asked.length - drafts.length };
  }
  const wanted = order === 'agreement' ? shortlistFactor * limit : limit;
  const drafts = draftPairs(session, known, { order, seed, epoch, run: run.id }, wanted);
  const found = await explainDrafts(session, known, run, compared, drafts);
  const ordered = await inOrder(session, run, order, found, known);
  return {
    source: epoch === null ? 'explanation' : 'ledger',
    space,
    pairs: ordered.slice(0, limit),
    leftOut: 0,
  };
}

interface Search {
  readonly order: QueueOrder;
  readonly seed: number;
  readonly run: number;
  /** The epoch of the ledger to read; null without a ledger. */
  readonly epoch: number | null;
}

function draftPairs(
  { library }: ReviewedLibrary,
  known: KnownPictures,
  { order, seed, run, epoch }: Search,
  wanted: number,
): Draft[] {
  const random = seedRandom(seed);
  if (order === 'random') return openRandomPairs(known, random, wanted);
  if (epoch !== null) return shortlistFromLedger(library, { run, epoch }, known, wanted);
  return sampledAnchors(known, random, Math.ceil(wanted / 2));
}

/** The pairs of the drafts, in their order, with the numbers of the run in the space of its loss. */
async function explainDrafts(
  { library, calibrations }: ReviewedLibrary,
  { samples, embeddings }: KnownPictures,
  run: Run,
  { space, rows, positiveOf }: ComparedSpace,
  drafts: readonly Draft[],
): Promise<QueuedPair[]> {
  const indexOfId = new Map(Array.from(samples.ids, (id, index) => [id, index]));
  const pictureOf = (id: number): JudgedPicture => {
    const index = indexOfId.get(id) ?? -1;
    return { hash: samples.hashes[index] ?? '', path: samples.paths[index] ?? null };
  };
  const settings = explanationSettings(run, {});
  const calibration = await calibrations.of(library, embeddings, samples, rows);
  const pairs: QueuedPair[][] = drafts.map(() => []);
  const byAnchor = Map.groupBy(drafts.entries(), ([, { anchor }]) => anchor);
  for (const [anchor, entries] of byAnchor) {
    // Lets other calls be answered: one anchor takes some milliseconds at 10,000 pictures.
    await setImmediate();
    const row = embeddings.rowOfId.get(anchor) ?? 0;
    const candidates = candidatesOf(embeddings, row, samples, null, rows);
    const explained = explainCandidates(embeddings, candidates, settings, noVerdicts, {
      ...{ space, calibration },
      positive: positiveOf(anchor),
    });
    for (const [index, { others }] of entries) {
      pairs[index] = (others ?? mostSuspect(explained)).map((other) =>
        queuedPair(pictureOf, anchor, other, explained),
      );
    }
  }
  return pairs.flat();
}

/** The pairs on which no verdict decides, each once, the one to judge first in front. */
async function inOrder(
  session: ReviewedLibrary,
  run: Run,
  order: QueueOrder,
  found: readonly QueuedPair[],
  { samples, judged }: KnownPictures,
): Promise<QueuedPair[]> {
  const open = found.filter(
    ({ anchor, candidate }) => judged.settled(anchor.hash, candidate.hash) === null,
  );
  if (order === 'random') return open;
  const byMatter = withoutRepeats(open.toSorted((a, b) => matter(b) - matter(a)));
  if (order === 'matter') return byMatter;
  const idOfHash = new Map(samples.hashes.map((hash, index) => [hash, samples.ids[index] ?? 0]));
  const idOf = ({ hash }: JudgedPicture): number => idOfHash.get(hash) ?? 0;
  const ids = byMatter.map(({ anchor, candidate }) => [idOf(anchor), idOf(candidate)] as const);
  const agreement = await agreementOnPairs(session, run, ids);
  // The sort is stable: among pairs with the same agreement those that matter most stay in front.
  return byMatter
    .map((pair, index) => withAgreement(pair, agreement[index] ?? null))
    .sort((a, b) => (b.agreement?.suggested ?? 0) - (a.agreement?.suggested ?? 0));
}

function withoutRepeats(pairs: readonly QueuedPair[]): QueuedPair[] {
  const byKey = new Map<string, QueuedPair>();
  for (const pair of pairs) {
    const key = samePairKey(pair.anchor.hash, pair.candidate.hash);
    if (!byKey.has(key)) byKey.set(key, pair);
  }
  return [...byKey.values()];
}
