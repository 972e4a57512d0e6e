import type { Random } from '../numeric/random.ts';
import type { VerdictLink } from '../../contract/firm-groups.ts';
import { hashById, openPairs } from './known-pictures.ts';
import type { ExplainedPictures, KnownPictures } from './known-pictures.ts';
import { firstOfFamilies } from './one-per-family.ts';
import { pairsInOrder } from './pair-order.ts';
import { pushDraws } from './push-draws.ts';
import type { PushSource } from './push-draws.ts';

/** A picture that makes a pair with an anchor. */
export interface DraftPair {
  /** Its sample id. */
  readonly id: number;
  /** Its share of the anchor's gradient in an epoch, if a ledger recorded it. */
  readonly recorded?: { readonly share: number; readonly epoch: number };
  /** Why it was chosen, a sentence with which its reason begins. */
  readonly because?: string;
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

/**
 * Every pair of different embedded pictures that may be asked once, in the random order of a seed
 * (`pairsInOrder`), which leaving out pictures does not change.
 */
export function* randomPairs(
  { samples, embeddings }: ExplainedPictures,
  seed: number,
  mayHold: (id: number) => boolean = () => true,
): Generator<RandomPair> {
  const hashOf = hashById(samples);
  const ids = embeddings.ids.filter(mayHold);
  const hashes = Array.from(ids, (id) => hashOf.get(id) ?? '');
  for (const [one, other] of pairsInOrder(hashes, seed)) {
    const pair = [hashes[one] ?? '', hashes[other] ?? ''] as const;
    yield { anchor: ids[one] ?? 0, id: ids[other] ?? 0, hashes: pair };
  }
}

/** So many random pairs are looked at for a queue, which takes seconds. */
const randomAtMost = 3_000_000;

/** The first `limit` of the random pairs that are open. */
export function openRandomPairs(known: KnownPictures, seed: number, limit: number): Draft[] {
  const isOpen = openPairs(known);
  const drafts: Draft[] = [];
  let looked = 0;
  for (const { anchor, id } of randomPairs(known, seed, known.filter.mayHold)) {
    if (isOpen(anchor, id)) drafts.push({ anchor, others: [{ id }] });
    looked += 1;
    if (drafts.length === limit || looked === randomAtMost) break;
  }
  return drafts;
}

/**
 * The first `limit` different open pairs drawn by their share of the push. A
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
  { samples, embeddings, filter }: KnownPictures,
  links: readonly VerdictLink[],
  limit: number,
): Draft[] {
  const idOf = new Map(samples.hashes.map((hash, index) => [hash, samples.ids[index] ?? 0]));
  return links
    .map(({ pair: [one, other] }) => [idOf.get(one) ?? 0, idOf.get(other) ?? 0] as const)
    .filter((pair) => pair.every((id) => embeddings.rowOfId.has(id)) && filter.allows(...pair))
    .slice(0, limit)
    .map(([anchor, id]) => ({ anchor, others: [{ id }] }));
}

/** The first `wanted` open pairs of a list, one for each two families. */
export function openDrafts(
  known: KnownPictures,
  pairs: Iterable<{ readonly anchor: number; readonly id: number; readonly because?: string }>,
  wanted: number,
): Draft[] {
  const isOpen = openPairs(known);
  const isFirst = firstOfFamilies(known.families);
  const drafts: Draft[] = [];
  for (const { anchor, ...other } of pairs) {
    if (!isOpen(anchor, other.id) || !isFirst([anchor, other.id])) continue;
    drafts.push({ anchor, others: [other] });
    if (drafts.length === wanted) break;
  }
  return drafts;
}

/**
 * About `wanted` anchors drawn at random, for runs without a ledger: explaining all would take
 * minutes.
 */
export function sampledAnchors(known: KnownPictures, random: Random, wanted: number): Draft[] {
  const ids = known.embeddings.ids.filter((id) => known.filter.isAnchor(id));
  if (known.embeddings.count < 2) return [];
  const anchors = new Set<number>(ids.length <= wanted ? ids : []);
  for (let draw = 0; draw < 2 * wanted; draw += 1) {
    if (anchors.size < Math.min(wanted, ids.length))
      anchors.add(ids[random.index(ids.length)] ?? 0);
  }
  return [...anchors].map((anchor) => ({ anchor }));
}
