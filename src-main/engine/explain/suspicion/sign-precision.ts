import { mutualNeighbourCount } from '../../../contract/bins.ts';
import { nearestSign, precisionSteps } from '../../../contract/suspicion.ts';
import type { SignPrecision } from '../../../contract/suspicion.ts';
import { nearestOf } from '../../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../../neighbours/exact-neighbours.ts';
import { truths } from './truths.ts';
import type { PairCounts } from './pair-counts.ts';
import type { PairTruth } from './pair-truth.ts';
import type { RankedAnchors } from './ranked-anchors.ts';
import { similarityLevels, similarityOfLevel } from './similarity-levels.ts';
import { precisionOf } from './reliability.ts';

/** How often pairs of mutual neighbours are false; nothing is counted without neighbours of all rows. */
export function mutualPrecision(
  { anchors }: RankedAnchors,
  truth: PairTruth,
  neighbours: Neighbours | null,
): SignPrecision {
  const tally = new Tally(truth);
  if (neighbours === null) return tally.precision();
  const k = Math.min(mutualNeighbourCount, neighbours.k);
  for (const anchor of anchors) {
    for (const other of nearestOf(neighbours, anchor, k)) {
      if (nearestOf(neighbours, other, k).includes(anchor)) tally.add(anchor, other);
    }
  }
  return tally.precision();
}

/** How often the nearest of an anchor that are at least as similar as the threshold are false. */
export function nearestPrecision(
  { anchors, nearest, nearestCount, levels, order }: RankedAnchors,
  truth: PairTruth,
  threshold: number,
): SignPrecision {
  const tally = new Tally(truth);
  for (const [index, anchor] of anchors.entries()) {
    for (const other of nearest.subarray(index * nearestCount, (index + 1) * nearestCount)) {
      const level = levels[index * order.length + other] as number;
      if (similarityOfLevel(level) >= threshold) tally.add(anchor, other);
    }
  }
  return tally.precision();
}

/**
 * The similarity that at most the part 1 - `quantile` of all pairs reach, to a level; null without
 * pairs.
 */
function similarityQuantile({ levels }: PairCounts, quantile: number): number | null {
  const total = levels.all.reduce((sum, count) => sum + count, 0);
  let above = 0;
  let level = similarityLevels - 1;
  for (; level >= 0; level--) {
    above += levels.all[level] as number;
    // Rounded off, or 0.5 % of 200 pairs were less than one.
    if (above > (1 - quantile) * total + 1e-9) break;
  }
  return total === 0 ? null : similarityOfLevel(level + 1);
}

/** The part of known pairs that is false among those at least as similar, by `precisionSteps`. */
export function precisionBySimilarity({ levels }: PairCounts): Float32Array<ArrayBuffer> {
  const precision = new Float32Array(precisionSteps + 1);
  let [known, same, level] = [0, 0, similarityLevels - 1];
  for (let step = precisionSteps; step >= 0; step--) {
    const start = Math.ceil((step / precisionSteps) * similarityLevels);
    for (; level >= start; level--) {
      known += levels.known[level] as number;
      same += levels.same[level] as number;
    }
    precision[step] = same / known;
  }
  return known === 0 ? new Float32Array(0) : precision;
}

/** The threshold and the precision of FNC's sign. */
export function nearestSignOf(ranked: RankedAnchors, truth: PairTruth, counts: PairCounts) {
  const { quantile } = nearestSign;
  const threshold = similarityQuantile(counts, quantile);
  const precision =
    threshold === null ? precisionOf(0, 0) : nearestPrecision(ranked, truth, threshold);
  return { quantile, threshold, ...precision };
}

/** Counts pairs whose truth is known. */
class Tally {
  readonly #truth: PairTruth;
  #known = 0;
  #same = 0;

  constructor(truth: PairTruth) {
    this.#truth = truth;
  }

  add(anchor: number, other: number): void {
    const relation = this.#truth.ofPair(anchor, other);
    if (relation === truths.unknown) return;
    this.#known++;
    if (relation === truths.same) this.#same++;
  }

  precision(): SignPrecision {
    return precisionOf(this.#same, this.#known);
  }
}
