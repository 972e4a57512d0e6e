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
  linkDrafts,
  openPushPairs,
  openRandomPairs,
  sampledAnchors,
  shortlistFromLedger,
} from './queue-drafts.ts';
import type { Draft } from './queue-drafts.ts';
import { asLink, matter, mostSuspect, queuedPair, withAgreement } from './queued-pair.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import { agreementOnPairs } from './run-agreement.ts';

/** For the order by agreement, so many times the wanted number of pairs are looked at. */
const shortlistFactor = 2;

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
  const wanted = order === 'agreement' ? shortlistFactor * limit : limit;
  const drafts = await draftPairs(session, known, { order, seed, epoch, run }, wanted);
  const found = await explainDrafts(known, run, drafts);
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
  readonly run: Run;
  /** The epoch of the ledger to read; null without a ledger. */
  readonly epoch: number | null;
}

async function draftPairs(
  { library }: ReviewedLibrary,
  known: KnownPictures,
  { order, seed, run, epoch }: Search,
  wanted: number,
): Promise<Draft[]> {
  if (order === 'random') return openRandomPairs(known, seed, wanted);
  if (order === 'push') {
    return await openPushPairs(known, pushSource(library, known, run, seed), wanted);
  }
  if (epoch !== null) return shortlistFromLedger(library, { run: run.id, epoch }, known, wanted);
  return sampledAnchors(known, seedRandom(seed), Math.ceil(wanted / 2));
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
  if (order === 'random' || order === 'push') return open;
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
