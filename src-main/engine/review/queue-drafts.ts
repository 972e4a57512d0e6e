import { labelRelation } from '../../contract/label-relation.ts';
import { ledgerEpoch } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import type { Random } from '../numeric/random.ts';
import { noLabel } from '../../contract/label-sets.ts';
import { labelNumbers } from '../store/samples.ts';
import type { VerdictLink } from '../../contract/firm-groups.ts';
import { hashById, openPairs } from './known-pictures.ts';
import type { KnownPictures } from './known-pictures.ts';
import { pairsInOrder } from './pair-order.ts';
import { pushDraws } from './push-draws.ts';
import type { PushSource } from './push-draws.ts';
import type { RunAgreement } from './run-agreement.ts';

/** A picture that makes a pair with an anchor. */
export interface DraftPair {
  /** Its sample id. */
  readonly id: number;
  /** Its share of the anchor's gradient in an epoch, if a ledger recorded it. */
  readonly recorded?: { readonly share: number; readonly epoch: number };
}

/**
 * An anchor and the pictures to judge with it; without `others` they are chosen among its
 * candidates.
 */
export interface Draft {
  readonly anchor: number;
  readonly others?: readonly DraftPair[];
}

interface RandomPair {
  readonly anchor: number;
  readonly id: number;
  readonly hashes: readonly [string, string];
}

/** Every pair of different embedded pictures once, in the random order of a seed (`pairsInOrder`). */
export function* randomPairs(
  { samples, embeddings: { ids } }: Omit<KnownPictures, 'judged'>,
  seed: number,
): Generator<RandomPair> {
  const hashOf = hashById(samples);
  const hashes = Array.from(ids, (id) => hashOf.get(id) ?? '');
  for (const [one, other] of pairsInOrder(hashes, seed)) {
    const pair = [hashes[one] ?? '', hashes[other] ?? ''] as const;
    yield { anchor: ids[one] ?? 0, id: ids[other] ?? 0, hashes: pair };
  }
}

/** The first `limit` of the random pairs on which no verdict decides. */
export function openRandomPairs(known: KnownPictures, seed: number, limit: number): Draft[] {
  const drafts: Draft[] = [];
  for (const { anchor, id, hashes } of randomPairs(known, seed)) {
    if (known.judged.settled(...hashes) !== null) continue;
    drafts.push({ anchor, others: [{ id }] });
    if (drafts.length === limit) break;
  }
  return drafts;
}

/**
 * The first `limit` different pairs drawn by their share of the push on which no verdict decides. A
 * share that a training recorded goes with them.
 */
export async function openPushPairs(
  known: KnownPictures,
  source: PushSource,
  limit: number,
): Promise<Draft[]> {
  const isOpen = openPairs(known);
  const drafts = new Map<string, Draft>();
  let repeated = 0;
  for await (const { anchor, id, share } of pushDraws(source)) {
    const key = anchor < id ? `${anchor} ${id}` : `${id} ${anchor}`;
    // A small library has few pairs, which are drawn again and again.
    if (!isOpen(anchor, id) || drafts.has(key)) repeated += 1;
    else {
      const recorded = source.epoch === null ? {} : { recorded: { share, epoch: source.epoch } };
      drafts.set(key, { anchor, others: [{ id, ...recorded }] });
    }
    if (drafts.size === limit || repeated > repeatedAtMost) break;
  }
  return [...drafts.values()];
}

/** After so many draws that add no pair, those found are enough. */
const repeatedAtMost = 2000;

/**
 * The first `limit` links between firm groups with two embedded pictures: judged the same, and the only
 * verdicts that hold their groups together.
 */
export function linkDrafts(
  { samples, embeddings }: KnownPictures,
  links: readonly VerdictLink[],
  limit: number,
): Draft[] {
  const idOf = new Map(samples.hashes.map((hash, index) => [hash, samples.ids[index] ?? 0]));
  return links
    .map(({ pair: [one, other] }) => [idOf.get(one) ?? 0, idOf.get(other) ?? 0] as const)
    .filter((pair) => pair.every((id) => embeddings.rowOfId.has(id)))
    .slice(0, limit)
    .map(([anchor, id]) => ({ anchor, others: [{ id }] }));
}

/** The `wanted` open pairs of the run's pictures that most runs suggest. */
export function agreedDrafts(
  known: KnownPictures,
  agreement: RunAgreement,
  wanted: number,
): Draft[] {
  const isOpen = openPairs(known);
  const drafts: Draft[] = [];
  for (const [anchor, id] of agreement.suggested()) {
    if (!isOpen(anchor, id)) continue;
    drafts.push({ anchor, others: [{ id }] });
    if (drafts.length === wanted) break;
  }
  return drafts;
}

/**
 * About `wanted` anchors drawn at random, for runs without a ledger: explaining all would take
 * minutes.
 */
export function sampledAnchors(known: KnownPictures, random: Random, wanted: number): Draft[] {
  const { ids, count } = known.embeddings;
  if (count < 2) return [];
  const anchors = new Set<number>();
  for (let draw = 0; draw < 2 * wanted; draw += 1) {
    if (anchors.size < wanted) anchors.add(ids[random.index(count)] ?? 0);
  }
  return [...anchors].map((anchor) => ({ anchor }));
}

/**
 * The `wanted` pairs with the largest |share| in an epoch's ledger on which no verdict decides. The share
 * of a pair with the same label counts twice, because it may be a false negative.
 */
export function shortlistFromLedger(
  library: Library,
  { run, epoch }: { readonly run: number; readonly epoch: number },
  known: KnownPictures,
  wanted: number,
): Draft[] {
  const labelOf = labelNumbers(known.samples);
  const members = known.samples.labelMembers;
  const isOpen = openPairs(known);
  const best: RecordedPair[] = [];
  for (const { sampleId: anchor, negatives } of ledgerEpoch(library, run, epoch)) {
    const label = labelOf.get(anchor) ?? noLabel;
    for (const [index, id] of negatives.ids.entries()) {
      const share = negatives.share[index] ?? 0;
      const isSame = labelRelation(label, labelOf.get(id) ?? noLabel, members) === 'same';
      const score = Math.abs(share) * (isSame ? 2 : 1);
      const isBetter = best.length < wanted || score > (best.at(-1)?.score ?? 0);
      if (isBetter && isOpen(anchor, id)) insert(best, { anchor, id, share, score }, wanted);
    }
  }
  return best.map(({ anchor, id, share }) => ({
    anchor,
    others: [{ id, recorded: { share, epoch } }],
  }));
}

interface RecordedPair {
  readonly anchor: number;
  readonly id: number;
  readonly share: number;
  readonly score: number;
}

/** Inserts a pair into the list of the `wanted` best ones, the best first. */
function insert(best: RecordedPair[], pair: RecordedPair, wanted: number): void {
  const index = best.findIndex(({ score }) => score < pair.score);
  best.splice(index < 0 ? best.length : index, 0, pair);
  if (best.length > wanted) best.pop();
}
