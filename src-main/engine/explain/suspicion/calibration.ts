import { defaultSuspectFrom } from '../../../contract/suspicion.ts';
import type { PosteriorBasis } from '../../../contract/suspicion.ts';
import type { Neighbours } from '../../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import type { KnownPairs } from '../../verdicts/false-pairs.ts';
import { calibrationCurve, countsWithout, rankAuc } from './calibration-curve.ts';
import { countPairs, foldCount, foldsOf } from './pair-counts.ts';
import type { PairCounts } from './pair-counts.ts';
import { PairTruth } from './pair-truth.ts';
import { binOfRanks } from './rank-bins.ts';
import { rankAnchors } from './ranked-anchors.ts';
import type { AnchorSample, RankedAnchors } from './ranked-anchors.ts';
import { brierScore, precisionAtLeast, reliabilityOf } from './reliability.ts';
import type { PredictedPairs } from './reliability.ts';
import { mutualPrecision, nearestSignOf, precisionBySimilarity } from './sign-precision.ts';
import { whyUncalibrated } from './why-uncalibrated.ts';

type Measured = Pick<
  PosteriorBasis,
  'knownPairs' | 'samePairs' | 'anchors' | 'why' | 'brier' | 'reliability'
>;

/** What known pairs of a space say of its ranks and similarities. */
export interface Calibration extends Measured {
  /** The prior and the AUC; null where too few pairs are known to calibrate. */
  readonly measured: { readonly prior: number; readonly auc: number } | null;
  readonly signs: Omit<PosteriorBasis['signs'], 'suspected'>;
  readonly similarityPrecision: Float32Array<ArrayBuffer>;
  /** P(same | rank) at each rank from 0, seen from a row's fold, [M - 1]; null where uncalibrated. */
  readonly posteriorByRank: (row: number) => Float64Array | null;
  /** How precise it is to suspect pairs from a posterior on. */
  readonly suspectedPrecision: (from?: number) => PosteriorBasis['signs']['suspected'];
}

/**
 * Calibrates the ranks of a space by the pairs whose truth is known, from a sample of anchors
 * (docs/formulas.md, Suspicion). `neighbours`, of all rows, are only for the precision of mutual ones.
 */
export async function calibrationOf(
  rows: UnitRows,
  known: KnownPairs,
  neighbours: Neighbours | null,
  sample?: AnchorSample,
): Promise<Calibration> {
  return calibrateRanked(await rankAnchors(rows, sample), known, neighbours);
}

/** The same from anchors that are ranked already: in some milliseconds. */
export function calibrateRanked(
  ranked: RankedAnchors,
  known: KnownPairs,
  neighbours: Neighbours | null,
): Calibration {
  const count = ranked.order.length;
  const truth = new PairTruth(known, count);
  const counts = countPairs(ranked, truth);
  const all = countsWithout(counts, null);
  const knownPairs = sum(all.known);
  const samePairs = sum(all.same);
  const described = { knownPairs, samePairs, anchors: counts.anchors };
  const far = farPairs(all.known, ranked.starts, count - 1);
  const withoutFold = Array.from({ length: foldCount }, (_, fold) => countsWithout(counts, fold));
  const left = Math.min(...withoutFold.map((one) => sum(one.known)));
  const why = whyUncalibrated({ ...described, far, left });
  const signs = {
    mutual: mutualPrecision(ranked, truth, neighbours),
    nearest: nearestSignOf(ranked, truth, counts),
  };
  const similarityPrecision = precisionBySimilarity(counts);
  const shared = { ...described, why, signs, similarityPrecision };
  if (why !== '') {
    const none = { pairs: 0, precision: null };
    const nothing = { posteriorByRank: () => null, suspectedPrecision: () => none };
    return { ...shared, measured: null, brier: null, reliability: [], ...nothing };
  }
  const curves = withoutFold.map(calibrationCurve);
  const predicted = predictedPairs(counts, curves);
  const share = samePairs / knownPairs;
  const folds = foldsOf(ranked.order);
  const binOf = binOfRanks(ranked.starts, count - 1);
  const spread: Float64Array[] = [];
  return {
    ...shared,
    measured: { prior: meanOverRanks(calibrationCurve(all), binOf), auc: rankAuc(all) },
    brier: { calibrated: brierScore(predicted), constant: share * (1 - share) },
    reliability: reliabilityOf(predicted),
    posteriorByRank: (row) => {
      const fold = folds[row] as number;
      return (spread[fold] ??= spreadOverRanks(curves[fold] as Float64Array, binOf));
    },
    suspectedPrecision: (from = defaultSuspectFrom) => precisionAtLeast(predicted, from),
  };
}

/** Known pairs in the less similar half of the ranks. */
function farPairs(known: Float64Array, starts: Uint32Array, ranks: number): number {
  return sum(known.filter((_, bin) => (starts[bin] as number) >= ranks / 2));
}

/** The value of each rank by its bin. */
function spreadOverRanks(curve: Float64Array, binOf: Uint8Array): Float64Array {
  const values = new Float64Array(binOf.length);
  for (let rank = 0; rank < values.length; rank++) {
    values[rank] = curve[binOf[rank] as number] as number;
  }
  return values;
}

/** The part of all pairs that is the same: a candidate is as likely at any rank. */
function meanOverRanks(curve: Float64Array, binOf: Uint8Array): number {
  let total = 0;
  for (let rank = 0; rank < binOf.length; rank++) total += curve[binOf[rank] as number] as number;
  return total / binOf.length;
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Every known pair with the posterior that its anchor is shown. */
function predictedPairs(
  { known, same, bins }: PairCounts,
  curves: readonly Float64Array[],
): PredictedPairs[] {
  const pairs: PredictedPairs[] = [];
  for (const [cell, count] of known.entries()) {
    if (count === 0) continue;
    const curve = curves[Math.floor(cell / (foldCount * bins))] as Float64Array;
    const predicted = curve[cell % bins] as number;
    pairs.push({ predicted, known: count, same: same[cell] as number });
  }
  return pairs;
}
