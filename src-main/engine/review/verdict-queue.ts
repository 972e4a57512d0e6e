import { setImmediate } from 'node:timers/promises';
import { firmGroups } from '../../contract/firm-groups.ts';
import { samePairKey } from '../../contract/judged-pairs.ts';
import type { QueueOrder, VerdictQueue, VerdictQueueInput } from '../../contract/verdict-queue.ts';
import type { PairVerdict } from '../../contract/verdict-groups.ts';
import type { JudgedPicture } from '../../contract/verdicts.ts';
import { comparedSpace } from '../explain/compared-space.ts';
import type { ReviewedLibrary } from './reviewed-library.ts';
import { lastLedgerEpoch } from '../store/ledger.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { libraryJudgedPairs } from '../verdicts/library-verdicts.ts';
import { seedRandom } from '../numeric/random.ts';
import { anchorExplainer } from './explained-anchor.ts';
import type { KnownPictures } from './known-pictures.ts';
import { pushSource } from './push-draws.ts';
import {
  agreedDrafts,
  linkDrafts,
  openPushPairs,
  openRandomPairs,
  sampledAnchors,
  shortlistFromLedger,
} from './queue-drafts.ts';
import type { Draft } from './queue-drafts.ts';
import { asLink, matter, mostSuspect, queuedPair, withAgreement } from './queued-pair.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import { runAgreement } from './run-agreement.ts';
import type { RunAgreement } from './run-agreement.ts';

/** So many pairs are looked at for an order, whatever its limit: the first ones are always the same. */
const shortlistPairs = 400;
/** Or so many anchors, where no training recorded pairs. */
const shortlistAnchors = 200;

/** The sample ids of two pictures that were asked for. */
type AskedPair = readonly [number, number];

/**
 * Pairs of a run's embedded pictures on which no verdict decides, the one to judge first in front; or
 * the pairs of `asked`. The orders by matter and agreement look at the same pairs for every limit.
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
  const compared = comparedSpace(library, run, embeddings, projected);
  const { space, rows } = compared;
  const samples = session.samples();
  const known = {
    ...{ samples, embeddings, compared },
    calibration: await session.calibrations.of(library, embeddings, samples, rows),
    judged: libraryJudgedPairs(library),
  };
  if (asked !== null) {
    const drafts = asked
      .filter((pair) => pair.every((id) => embeddings.rowOfId.has(id)))
      .map(([anchor, id]) => ({ anchor, others: [{ id }] }));
    const pairs = await explainDrafts(known, run, drafts);
    return { source: 'explanation', space, pairs, leftOut: asked.length - drafts.length };
  }
  if (order === 'links') return await linkQueue(known, run, limit, listVerdicts(library));
  const epoch = order === 'random' ? null : lastLedgerEpoch(library, run.id);
  const agreement = order === 'agreement' ? await runAgreement(session, run) : null;
  const suggested = agreement === null ? [] : agreedDrafts(known, agreement, shortlistPairs);
  const drafts =
    suggested.length > 0
      ? suggested
      : await draftPairs(session, known, { order, seed, epoch, run }, limit);
  const found = await explainDrafts(known, run, drafts);
  const ordered = inOrder(order, found, known, agreement);
  return {
    source: epoch === null || suggested.length > 0 ? 'explanation' : 'ledger',
    space,
    pairs: ordered.slice(0, limit),
    leftOut: 0,
  };
}

interface Search {
  readonly order: QueueOrder;
  readonly seed: number;
  readonly run: Run;
  /** The epoch of the ledger to read; null without a ledger. */
  readonly epoch: number | null;
}

async function draftPairs(
  { library }: ReviewedLibrary,
  known: KnownPictures,
  { order, seed, run, epoch }: Search,
  limit: number,
): Promise<Draft[]> {
  if (order === 'random') return openRandomPairs(known, seed, limit);
  if (order === 'push') {
    return await openPushPairs(known, pushSource(library, known, run, seed), limit);
  }
  if (epoch === null) return sampledAnchors(known, seedRandom(seed), shortlistAnchors);
  return shortlistFromLedger(library, { run: run.id, epoch }, known, shortlistPairs);
}

/** The links between firm groups, judged "same" as they are, each with what it holds together. */
async function linkQueue(
  known: KnownPictures,
  run: Run,
  limit: number,
  verdicts: readonly PairVerdict[],
): Promise<VerdictQueue> {
  const { links } = firmGroups(verdicts);
  const linkOf = new Map(links.map((link) => [samePairKey(...link.pair), link]));
  const drafts = linkDrafts(known, links, limit);
  const pairs = (await explainDrafts(known, run, drafts)).map((pair) =>
    asLink(pair, linkOf.get(samePairKey(pair.anchor.hash, pair.candidate.hash))?.sides ?? [1, 1]),
  );
  const leftOut = Math.min(limit, links.length) - drafts.length;
  return { source: 'explanation', space: known.compared?.space ?? 'h', pairs, leftOut };
}

/** The pairs of the drafts, in their order, with the numbers of the run in the space of its loss. */
async function explainDrafts(
  known: KnownPictures,
  run: Run,
  drafts: readonly Draft[],
): Promise<QueuedPair[]> {
  const { samples } = known;
  const indexOfId = new Map(Array.from(samples.ids, (id, index) => [id, index]));
  const pictureOf = (id: number): JudgedPicture => {
    const index = indexOfId.get(id) ?? -1;
    return { hash: samples.hashes[index] ?? '', path: samples.paths[index] ?? null };
  };
  const explain = anchorExplainer(known, run);
  const pairs: QueuedPair[][] = drafts.map(() => []);
  const byAnchor = Map.groupBy(drafts.entries(), ([, { anchor }]) => anchor);
  for (const [anchor, entries] of byAnchor) {
    // Lets other calls be answered: one anchor takes some milliseconds at 10,000 pictures.
    await setImmediate();
    const explained = explain(anchor);
    for (const [index, { others }] of entries) {
      pairs[index] = (others ?? mostSuspect(explained)).map((other) =>
        queuedPair(pictureOf, anchor, other, explained),
      );
    }
  }
  return pairs.flat();
}

/** The pairs on which no verdict decides, each once, the one to judge first in front. */
function inOrder(
  order: QueueOrder,
  found: readonly QueuedPair[],
  { samples, judged }: KnownPictures,
  agreement: RunAgreement | null,
): QueuedPair[] {
  const open = found.filter(
    ({ anchor, candidate }) => judged.settled(anchor.hash, candidate.hash) === null,
  );
  if (order === 'random' || order === 'push') return open;
  const byMatter = withoutRepeats(open.toSorted((a, b) => matter(b) - matter(a)));
  if (agreement === null) return byMatter;
  const idOfHash = new Map(samples.hashes.map((hash, index) => [hash, samples.ids[index] ?? 0]));
  const idOf = ({ hash }: JudgedPicture): number => idOfHash.get(hash) ?? 0;
  // The sort is stable: among pairs with the same agreement those that matter most stay in front.
  return byMatter
    .map((pair) => withAgreement(pair, agreement.on([idOf(pair.anchor), idOf(pair.candidate)])))
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
