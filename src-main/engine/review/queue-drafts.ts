import { labelRelation } from '../../contract/label-relation.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { ledgerEpoch } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import type { Random } from '../numeric/random.ts';
import { noLabel } from '../../contract/label-sets.ts';
import { labelNumbers } from '../store/samples.ts';
import { samePairKey } from '../../contract/judged-pairs.ts';
import type { JudgedPairs } from '../../contract/judged-pairs.ts';

/** A run's embedded pictures, and the verdicts on them. */
export interface KnownPictures {
  readonly samples: SampleColumns;
  readonly embeddings: RunEmbeddings;
  readonly judged: JudgedPairs;
}

/** A picture that makes a pair with an anchor. */
export interface DraftPair {
  /** Its sample id. */
  readonly id: number;
  /** Its share of the anchor's gradient, if a ledger recorded it. */
  readonly share?: number;
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

/** Every pair of different embedded pictures once, in the order that `random` draws. */
export function* randomPairs(
  { samples, embeddings: { ids, count } }: Omit<KnownPictures, 'judged'>,
  random: Random,
): Generator<RandomPair> {
  const hashOf = hashById(samples);
  const drawn = new Set<string>();
  while (drawn.size < (count * (count - 1)) / 2) {
    const anchor = ids[random.index(count)] ?? 0;
    const id = ids[random.index(count)] ?? 0;
    const hashes = [hashOf.get(anchor) ?? '', hashOf.get(id) ?? ''] as const;
    const key = samePairKey(...hashes);
    if (anchor === id || drawn.has(key)) continue;
    drawn.add(key);
    yield { anchor, id, hashes };
  }
}

/** The first `limit` of the random pairs on which no verdict decides. */
export function openRandomPairs(known: KnownPictures, random: Random, limit: number): Draft[] {
  const drafts: Draft[] = [];
  for (const { anchor, id, hashes } of randomPairs(known, random)) {
    if (known.judged.settled(...hashes) !== null) continue;
    drafts.push({ anchor, others: [{ id }] });
    if (drafts.length === limit) break;
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
  return best.map(({ anchor, id, share }) => ({ anchor, others: [{ id, share }] }));
}

interface RecordedPair extends Required<DraftPair> {
  readonly anchor: number;
  readonly score: number;
}

/** Inserts a pair into the list of the `wanted` best ones, the best first. */
function insert(best: RecordedPair[], pair: RecordedPair, wanted: number): void {
  const index = best.findIndex(({ score }) => score < pair.score);
  best.splice(index < 0 ? best.length : index, 0, pair);
  if (best.length > wanted) best.pop();
}

/** Gives whether two pictures are different, both embedded, and no verdict decides on them. */
function openPairs({ samples, embeddings, judged }: KnownPictures) {
  const hashOf = hashById(samples);
  return (anchor: number, id: number): boolean =>
    id !== anchor &&
    embeddings.rowOfId.has(anchor) &&
    embeddings.rowOfId.has(id) &&
    judged.settled(hashOf.get(anchor) ?? '', hashOf.get(id) ?? '') === null;
}

function hashById({ ids, hashes }: SampleColumns): ReadonlyMap<number, string> {
  return new Map(Array.from(ids, (id, index) => [id, hashes[index] ?? '']));
}
