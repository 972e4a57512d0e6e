import { setImmediate } from 'node:timers/promises';
import { firmGroups } from '../../contract/firm-groups.ts';
import { samePairKey } from '../../contract/judged-pairs.ts';
import type {
  QueuedPair,
  QueueOrder,
  VerdictQueue,
  VerdictQueueInput,
} from '../../contract/verdict-queue.ts';
import type { PairVerdict } from '../../contract/verdict-groups.ts';
import type { JudgedPicture } from '../../contract/verdicts.ts';
import { comparedSpace } from '../explain/compared-space.ts';
import type { ReviewedLibrary } from './reviewed-library.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { anchorExplainer } from './explained-anchor.ts';
import { openPairs } from './known-pictures.ts';
import type { KnownPictures } from './known-pictures.ts';
import { countAlike, firstOfFamilies } from './one-per-family.ts';
import { pairFamilies } from './pair-families.ts';
import { pairFilter } from './pair-filter.ts';
import { linkDrafts } from './queue-drafts.ts';
import type { Draft } from './queue-drafts.ts';
import { asLink, matter, mostSuspect, queuedPair, withAgreement } from './queued-pair.ts';
import { evenness } from './run-agreement.ts';
import type { RunAgreement } from './run-agreement.ts';
import { searchPairs } from './search-pairs.ts';
import { settledByLabel } from './settled-by-label.ts';
import { settledPairs } from './settled-pairs.ts';

/** The sample ids of two pictures that were asked for. */
type AskedPair = readonly [number, number];

/** The orders from which the estimates are counted: each pair counts, however many are like it. */
const sampledOrders: readonly QueueOrder[] = ['random', 'push'];

/**
 * Open pairs of a run's embedded pictures, the one to judge first in front; or the pairs of `asked`. The
 * orders that are no sample look at the same pairs for every limit, and give one for each two families
 * of near-duplicates.
 * @throws EngineError not-found if there is no such run, or it has no embeddings yet; bad-argument if no
 * picture has a label of the filter
 */
export async function verdictQueueOf(
  session: ReviewedLibrary,
  { run: reference, order, seed, limit, ...filter }: Omit<VerdictQueueInput, 'pairs'>,
  asked: readonly AskedPair[] | null = null,
): Promise<VerdictQueue> {
  const { library } = session;
  const run = findRun(library, reference);
  const hasFamilies = asked === null && order !== 'links' && !sampledOrders.includes(order);
  const known = await knownPictures(session, run, { filter, hasFamilies });
  const { embeddings, samples } = known;
  const rest = {
    space: known.compared?.space ?? ('h' as const),
    settledByLabel:
      known.settled.rule === 'asked' ? null : settledByLabel(library, samples, embeddings.ids),
    ...{ leftOut: 0, remark: '', source: 'explanation' as const },
  };
  if (asked !== null) {
    const drafts = asked
      .filter((pair) => pair.every((id) => embeddings.rowOfId.has(id)))
      .map(([anchor, id]) => ({ anchor, others: [{ id }] }));
    const pairs = await explainDrafts(known, run, drafts);
    return { ...rest, pairs, leftOut: asked.length - drafts.length };
  }
  if (order === 'links') {
    return { ...rest, ...(await linkPairs(known, run, limit, listVerdicts(library))) };
  }
  const found = await searchPairs(session, known, { order, seed, run }, limit);
  const explained = await explainDrafts(known, run, found.drafts);
  const pairs = inOrder(order, explained, known, found.agreement).slice(0, limit);
  const { source, remark } = found;
  return { ...rest, source, remark, pairs: withAlike(pairs, known) };
}

interface Wanted {
  readonly filter: Pick<VerdictQueueInput, 'labels' | 'selection'>;
  readonly hasFamilies: boolean;
}

async function knownPictures(
  session: ReviewedLibrary,
  run: Run,
  { filter, hasFamilies }: Wanted,
): Promise<KnownPictures> {
  const { library } = session;
  const embeddings = await session.embeddings.ofRun(run.id);
  const projected = await session.embeddings.projected(embeddings);
  const compared = comparedSpace(library, run, embeddings, projected);
  const samples = session.samples();
  return {
    ...{ samples, embeddings, compared },
    calibration: await session.calibrations.of(library, embeddings, samples, compared.rows),
    settled: settledPairs(library, samples),
    filter: pairFilter(samples, filter),
    families: hasFamilies ? await pairFamilies(embeddings, samples, listVerdicts(library)) : null,
  };
}

/** The links between firm groups, judged "same" as they are, each with what it holds together. */
async function linkPairs(
  known: KnownPictures,
  run: Run,
  limit: number,
  verdicts: readonly PairVerdict[],
): Promise<Pick<VerdictQueue, 'pairs' | 'leftOut'>> {
  const { links } = firmGroups(verdicts);
  const linkOf = new Map(links.map((link) => [samePairKey(...link.pair), link]));
  const drafts = linkDrafts(known, links, limit);
  const pairs = (await explainDrafts(known, run, drafts)).map((pair) =>
    asLink(pair, linkOf.get(samePairKey(pair.anchor.hash, pair.candidate.hash))?.sides ?? [1, 1]),
  );
  return { pairs, leftOut: Math.min(limit, links.length) - drafts.length };
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
  const isOpen = openPairs(known);
  const pairs: QueuedPair[][] = drafts.map(() => []);
  const byAnchor = Map.groupBy(drafts.entries(), ([, { anchor }]) => anchor);
  for (const [anchor, entries] of byAnchor) {
    // Lets other calls be answered: one anchor takes some milliseconds at 10,000 pictures.
    await setImmediate();
    const explained = explain(anchor);
    for (const [index, { others }] of entries) {
      pairs[index] = (others ?? mostSuspect(explained, (id) => isOpen(anchor, id))).map((other) =>
        queuedPair(pictureOf, anchor, other, explained),
      );
    }
  }
  return pairs.flat();
}

/** The pairs in the order that was asked for, each once, or one for each two families. */
function inOrder(
  order: QueueOrder,
  found: readonly QueuedPair[],
  known: KnownPictures,
  agreement: RunAgreement | null,
): QueuedPair[] {
  if (order === 'random' || order === 'push' || order === 'label-errors') return [...found];
  const idsOf = pairIds(known);
  const isFirst = firstOfFamilies(known.families);
  const byMatter = found
    .toSorted((a, b) => matter(b) - matter(a))
    .filter((pair) => isFirst(idsOf(pair)));
  if (agreement === null) return byMatter;
  const score = ({ agreement: votes }: QueuedPair): number => {
    if (votes === null) return 0;
    return order === 'disagreement' ? evenness(votes) : votes.suggested;
  };
  // The sort is stable: among pairs with the same agreement those that matter most stay in front.
  return byMatter
    .map((pair) => withAgreement(pair, agreement.on(idsOf(pair))))
    .sort((a, b) => score(b) - score(a));
}

function withAlike(pairs: readonly QueuedPair[], known: KnownPictures): QueuedPair[] {
  const idsOf = pairIds(known);
  const alikeOf = countAlike(known);
  return pairs.map((pair) => ({ ...pair, alike: alikeOf(idsOf(pair)) }));
}

/** Gives the sample ids of a pair's pictures. */
function pairIds({ samples }: KnownPictures): (pair: QueuedPair) => readonly [number, number] {
  const idOfHash = new Map(samples.hashes.map((hash, index) => [hash, samples.ids[index] ?? 0]));
  return ({ anchor, candidate }) => [
    idOfHash.get(anchor.hash) ?? 0,
    idOfHash.get(candidate.hash) ?? 0,
  ];
}
