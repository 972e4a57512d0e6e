import { setImmediate } from 'node:timers/promises';
import { isLossPositive } from '../../contract/loss-positives.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { lastLedgerEpoch, ledgerEpoch } from '../store/ledger.ts';
import type { LedgerNegatives } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import { anchorExplainer } from './explained-anchor.ts';
import type { ExplainedAnchor } from './explained-anchor.ts';
import { codeOf, mixed, uniform } from './drawn-numbers.ts';
import { hashById } from './known-pictures.ts';
import type { ExplainedPictures } from './known-pictures.ts';

/** An anchor and a negative by sample id, drawn with the probability of their share of the push. */
export interface PushDraw {
  readonly anchor: number;
  readonly id: number;
  /** The share of the anchor's gradient, as the source has it. */
  readonly share: number;
}

/** Where pairs are drawn from by their share of the push. */
export interface PushSource {
  /** The recorded epoch of a ledger; null for an explanation. */
  readonly epoch: number | null;
  /**
   * The part of the push that it covers, 0 to 1; null where recorded pairs are attracted, so that their
   * shares say nothing of all that is pushed.
   */
  readonly recorded: number | null;
  /** The draw with this number, from 0; null if it fell on an anchor without a push. */
  readonly draw: (number: number) => PushDraw | null;
}

/** Sources of runs whose embeddings are in memory: an explanation of each drawn anchor takes long. */
const known = new WeakMap<RunEmbeddings, Map<string, PushSource>>();

/**
 * The source of a run's push: what its training recorded last, else an explanation of each drawn
 * anchor. The push is the part of the gradient that pushes negatives away: shares above 0, but those of
 * positives of the loss.
 */
export function pushSource(
  library: Library,
  pictures: ExplainedPictures,
  run: Run,
  seed: number,
): PushSource {
  const sources = known.get(pictures.embeddings) ?? new Map<string, PushSource>();
  known.set(pictures.embeddings, sources);
  const epoch = lastLedgerEpoch(library, run.id);
  const key = `${run.id} ${epoch ?? 'none'} ${seed}`;
  const source =
    sources.get(key) ??
    (epoch === null
      ? explainedPush(pictures, run, seed)
      : ledgerPush(library, { run: run.id, epoch, seed }, pictures.embeddings));
  sources.set(key, source);
  return source;
}

/** So many draws are made at most: an estimate from more would not differ. */
const drawsAtMost = 20_000;
/** Shares are stored as 32-bit floats: a sum of 1 may be so much more. */
const roundedShares = 1e-4;
/** After so many draws in a row without a push there is none. */
const emptyAtMost = 200;

/** The draws of a source in their order, those on anchors without a push left out. */
export async function* pushDraws({ draw }: PushSource): AsyncGenerator<PushDraw> {
  let empty = 0;
  for (let number = 0; number < drawsAtMost && empty < emptyAtMost; number += 1) {
    // Lets other calls be answered: one explanation takes some milliseconds at 10,000 pictures.
    await setImmediate();
    const drawn = draw(number);
    empty = drawn === null ? empty + 1 : 0;
    if (drawn !== null) yield drawn;
  }
}

/** Draws among the recorded pairs of one epoch, each with the probability of its share. */
function ledgerPush(
  library: Library,
  { run, epoch, seed }: { readonly run: number; readonly epoch: number; readonly seed: number },
  { rowOfId }: RunEmbeddings,
): PushSource {
  const pairs: PushDraw[] = [];
  const upTo: number[] = [];
  let total = 0;
  let anchors = 0;
  let isAttracting = false;
  for (const { sampleId: anchor, negatives } of ledgerEpoch(library, run, epoch)) {
    if (!rowOfId.has(anchor)) continue;
    const before = total;
    isAttracting ||= attractsSome(negatives.share);
    for (const [index, id] of negatives.ids.entries()) {
      const share = pushOf(negatives, index);
      if (share <= 0 || id === anchor || !rowOfId.has(id)) continue;
      total += share;
      pairs.push({ anchor, id, share });
      upTo.push(total);
    }
    if (total > before) anchors += 1;
  }
  return {
    epoch,
    recorded: isAttracting ? null : anchors === 0 ? 0 : Math.min(1, total / anchors),
    draw: (number) => {
      const place = total * uniform(`${seed} push ${number}`);
      return pairs[upTo.length === 0 ? 0 : firstAbove(upTo, place)] ?? null;
    },
  };
}

/** The share of what pushes a negative; 0 of a positive of the loss, which may be let go of. */
function pushOf({ share, zone }: Pick<LedgerNegatives, 'share' | 'zone'>, index: number): number {
  return isLossPositive(zone[index]) ? 0 : (share[index] ?? 0);
}

/** Shares of an anchor have the sum 1: one that is below 0, or a sum above 1, tells of attracted ones. */
function attractsSome(shares: Float32Array): boolean {
  const sum = shares.reduce((before, share) => before + share, 0);
  return sum > 1 + roundedShares || shares.some((share) => share < 0);
}

/**
 * Draws an anchor, every one as likely, and one of its candidates with the probability of its share.
 * Both are the best of a race of random numbers that content, seed and number of the draw decide, so
 * that a picture that is added changes few draws.
 */
function explainedPush(pictures: ExplainedPictures, run: Run, seed: number): PushSource {
  const explain = anchorExplainer(pictures, run);
  const hashOf = hashById(pictures.samples);
  const { ids } = pictures.embeddings;
  const codes = new Map(Array.from(ids, (id) => [id, codeOf(`${seed} ${hashOf.get(id) ?? ''}`)]));
  const drawn: (PushDraw | null)[] = [];
  return {
    epoch: null,
    recorded: 1,
    draw: (number) => {
      const made = drawn[number];
      if (made !== undefined) return made;
      if (ids.length < 2) return null;
      const salt = mixed(Math.imul(number + 1, 0x9e3779b1));
      const anchor = best(ids, (id) => -mixed((codes.get(id) ?? 0) ^ salt));
      const one = mixed((codes.get(anchor) ?? 0) ^ salt);
      const draw = candidateOf(anchor, explain(anchor), (id) => mixed((codes.get(id) ?? 0) ^ one));
      drawn[number] = draw;
      return draw;
    },
  };
}

/** The candidate whose random number, exponential with the rate of its share, is the smallest. */
function candidateOf(
  anchor: number,
  explained: ExplainedAnchor,
  randomOf: (id: number) => number,
): PushDraw | null {
  let found: PushDraw | null = null;
  let least = Infinity;
  for (const [index, id] of explained.ids.entries()) {
    const taken = pushOf(explained, index);
    if (!(taken > 0)) continue;
    const time = -Math.log((randomOf(id) + 0.5) / 2 ** 32) / taken;
    if (time >= least) continue;
    least = time;
    found = { anchor, id, share: taken };
  }
  return found;
}

function best(ids: Uint32Array, valueOf: (id: number) => number): number {
  let [found, most] = [0, -Infinity];
  for (const id of ids) {
    const value = valueOf(id);
    if (value > most) [found, most] = [id, value];
  }
  return found;
}

/** The first index whose value is above `place`; values ascend. */
function firstAbove(values: readonly number[], place: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
