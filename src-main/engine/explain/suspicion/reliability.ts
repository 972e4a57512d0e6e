import type { PosteriorBasis, SignPrecision } from '../../../contract/suspicion.ts';

/** Known pairs that were given one posterior, by a curve that none of their anchors helped to fit. */
export interface PredictedPairs {
  readonly predicted: number;
  readonly known: number;
  readonly same: number;
}

/** Posteriors at which groups of pairs begin: finer where most pairs are. */
const groupStarts = [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The mean squared error of the posteriors over all pairs (Brier 1950). */
export function brierScore(pairs: readonly PredictedPairs[]): number {
  let [error, count] = [0, 0];
  for (const { predicted, known, same } of pairs) {
    error += same * (1 - predicted) ** 2 + (known - same) * predicted ** 2;
    count += known;
  }
  return error / count;
}

/** The pairs in groups of similar posteriors; groups without pairs are left out. */
export function reliabilityOf(pairs: readonly PredictedPairs[]): PosteriorBasis['reliability'] {
  const groups = groupStarts.map(() => ({ predicted: 0, same: 0, known: 0 }));
  for (const { predicted, known, same } of pairs) {
    const group = groups[groupStarts.findLastIndex((start) => predicted >= start)];
    if (group === undefined) continue;
    group.predicted += predicted * known;
    group.same += same;
    group.known += known;
  }
  return groups
    .filter(({ known }) => known > 0)
    .map(({ predicted, same, known }) => ({
      predicted: predicted / known,
      observed: same / known,
      pairs: known,
    }));
}

/** How precise it is to suspect the pairs with at least a posterior. */
export function precisionAtLeast(pairs: readonly PredictedPairs[], from: number): SignPrecision {
  let [same, known] = [0, 0];
  for (const pair of pairs) {
    if (!(pair.predicted >= from)) continue;
    same += pair.same;
    known += pair.known;
  }
  return precisionOf(same, known);
}

/** The precision of a sign that holds for `known` pairs, `same` of them false. */
export function precisionOf(same: number, known: number): SignPrecision {
  return { pairs: known, precision: known === 0 ? null : same / known };
}
