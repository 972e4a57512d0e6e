import {
  binIndex,
  type BinName,
  type BinSettings,
  type SuspicionInForce,
} from '../../../../src-main/contract/bins.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import { hasRing } from '../../../../src-main/contract/objectives/has-ring.ts';

/** The ranks (0 is the most similar) of a bin's candidates, most similar first. */
export function ranksOfBin(explanation: Explanation, bin: BinName): Uint32Array {
  const wanted = binIndex[bin];
  const bins = explanation.bin;
  const ranks = new Uint32Array(explanation.binCounts[bin]);
  let count = 0;
  for (let rank = 0; rank < bins.length && count < ranks.length; rank++) {
    if (bins[rank] === wanted) ranks[count++] = rank;
  }
  return ranks.subarray(0, count);
}

/** What the rules of an explanation's bins depend on. */
export function binSettingsOf({
  parameters,
  posteriorBasis,
}: Explanation): BinSettings & { readonly suspicion: SuspicionInForce } {
  const { hardShare } = parameters;
  return { hasRing: hasRing(parameters), hardShare, suspicion: posteriorBasis };
}

/** How many of the `top` most similar candidates are in the bin of false negatives. */
export function falseAmongTop(explanation: Explanation, top: number): number {
  return explanation.bin.subarray(0, top).filter((bin) => bin === binIndex.false).length;
}

/**
 * The largest share of the push or pull that one candidate takes, which the longest bar stands for.
 */
export function largestShare({ share }: Pick<Explanation, 'share'>): number {
  let largest = 1e-12;
  for (let rank = 0; rank < share.length; rank++) {
    largest = Math.max(largest, Math.abs(share[rank] ?? 0));
  }
  return largest;
}
