import type { RingRanks } from '../../contract/objectives/ring-ranks.ts';
import { ringZones, zonesByRank } from '../losses/ring-zone.ts';
import { effectiveNumber, softmax } from '../numeric/softmax.ts';
import type { AnchorGradient } from './anchor-gradient.ts';
import type { PictureCutRanks } from './picture-zones.ts';

/** The candidates of an anchor under SupCon, as columns in the same order. */
interface SupConCandidates {
  readonly similarities: Float64Array;
  /** The similarity of the anchor to its own other view. */
  readonly positiveSimilarity: number;
  /** 1 where the candidate is a positive. */
  readonly isPositive: Uint8Array;
  /** Candidates, the most similar first. */
  readonly order: Uint32Array;
}

/** As `AnchorLoss`, which this is. */
interface SupConLoss extends AnchorGradient {
  readonly weight: Float64Array;
  readonly effectiveNegatives: number;
  readonly zone: Uint8Array;
  readonly unringedShare: Float64Array;
  readonly cutRanks: PictureCutRanks;
}

/**
 * SupCon of one anchor (Khosla et al. 2020, eq. 2; docs/formulas.md, SupCon) and its gradient by the
 * similarities. With n positives, the own other view among them, and p the softmax of s / t over all,
 *
 *     dl/ds_j = (p_j - [j is a positive] / n) / t
 *
 * Shares are pushes over the sum of those of the negatives: theirs add up to 1, and a positive's is below
 * 0 where it is attracted. Positives have no weight and no zone of a ring; the ring of so many negatives,
 * `ringOf`, is among these alone.
 */
export function supConLoss(
  { similarities, positiveSimilarity, isPositive, order }: SupConCandidates,
  temperature: number,
  ringOf: (negatives: number) => RingRanks,
): SupConLoss {
  const count = similarities.length;
  const all = new Float64Array(count + 1);
  all.set(similarities);
  all[count] = positiveSimilarity;
  const { probabilities, logTotal } = softmax(all, 1 / temperature);
  const positives = 1 + isPositive.reduce((sum, one) => sum + one, 0);
  const negatives = count + 1 - positives;
  let pulled = positiveSimilarity;
  let push = 0;
  for (let candidate = 0; candidate < count; candidate++) {
    if (isPositive[candidate]) pulled += similarities[candidate] as number;
    else push += probabilities[candidate] as number;
  }
  const share = new Float64Array(count);
  const ofNegatives = new Float64Array(count);
  const pushes = new Float64Array(count);
  const importance = new Float64Array(count);
  for (let candidate = 0; candidate < count; candidate++) {
    const isOne = isPositive[candidate] === 1;
    const slope = (probabilities[candidate] as number) - (isOne ? 1 / positives : 0);
    pushes[candidate] = slope / temperature;
    share[candidate] = push > 0 ? slope / push : 0;
    if (isOne) continue;
    importance[candidate] = 1 / negatives;
    ofNegatives[candidate] = share[candidate] as number;
  }
  return {
    loss: logTotal - pulled / (positives * temperature),
    clamped: push === 0,
    ...{ importance, share, pushes },
    pull: ((probabilities[count] as number) - 1 / positives) / temperature,
    debiasedShare: 0,
    weight: importance.map((one) => (one === 0 ? 0 : 1)),
    effectiveNegatives: effectiveNumber(ofNegatives),
    ...zonesAmongNegatives(order, isPositive, ringOf(negatives)),
    unringedShare: ofNegatives,
  };
}

/**
 * The zone of each candidate by its rank among the negatives, which for a positive is how many of these
 * are more similar.
 */
function zonesAmongNegatives(order: Uint32Array, isPositive: Uint8Array, ring: RingRanks) {
  const ranks = ranksAmongNegatives(order, isPositive);
  const zone = zonesByRank(ranks, ring).map((one, candidate) =>
    isPositive[candidate] ? ringZones.positive : one,
  );
  return { zone, cutRanks: { inner: ranks, outer: ranks } };
}

/** How many negatives are before each candidate in this order. */
export function ranksAmongNegatives(order: Uint32Array, isPositive: Uint8Array): Uint32Array {
  const ranks = new Uint32Array(order.length);
  let negatives = 0;
  for (const candidate of order) {
    ranks[candidate] = negatives;
    if (isPositive[candidate] !== 1) negatives += 1;
  }
  return ranks;
}
