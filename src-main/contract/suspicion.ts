import { z } from 'zod';

/**
 * The calibrated probability from which a negative without label and verdict is suspected false: about
 * every second suspected one then is (docs/formulas.md, Suspicion).
 */
export const defaultSuspectFrom = 1 / 3;

/** Without a calibration so many times the prior, of mutual neighbours only. */
export const uncalibratedTimesPrior = 2;

/** FNC's sign: how many of the nearest, and the quantile of all similarities of the space. */
export const nearestSign = { count: 10, quantile: 0.995 } as const;

/** How finely `similarityPrecision` is measured: its entries from -1 to 1. */
export const precisionSteps = 400;

/** Known pairs of anchor and candidate for which a sign holds, and the part of them that is false. */
const signPrecision = z.object({ pairs: z.number().int(), precision: z.number().nullable() });
export type SignPrecision = z.infer<typeof signPrecision>;

/**
 * Where the column `posterior` of an explanation is from. `calibrated`: P(same | rank), isotonic, from
 * pairs whose truth labels and verdicts give; an anchor's own part of the pictures is left out of what
 * it is shown. `order statistics`: BCL's closed form, with an assumed prior. `pending`: the known pairs
 * are not counted yet, so that every posterior is NaN and nothing is suspected; `prior` and `auc` say nothing.
 */
export const posteriorBasis = z.object({
  kind: z.enum(['calibrated', 'order statistics', 'pending']),
  /** Why it is not calibrated, a sentence; empty where it is. */
  why: z.string(),
  prior: z.number(),
  /** The probability that a false negative is more similar than a true one. */
  auc: z.number(),
  aucFrom: z.enum(['measured', 'assumed', 'given']),
  /** Pairs of anchor and candidate whose truth is known, in the sample of anchors. */
  knownPairs: z.number().int(),
  samePairs: z.number().int(),
  /** Anchors of the sample with such a pair. */
  anchors: z.number().int(),
  /** Mean squared error over the known pairs, of what is shown and of the share of same for all. */
  brier: z.object({ calibrated: z.number(), constant: z.number() }).nullable(),
  /** Known pairs by their posterior: its mean, and the part of them that is false. */
  reliability: z.array(
    z.object({ predicted: z.number(), observed: z.number(), pairs: z.number().int() }),
  ),
  /** The posterior from which a negative is suspected; without a calibration, of mutual ones. */
  suspectFrom: z.number(),
  signs: z.object({
    suspected: signPrecision,
    mutual: signPrecision,
    /** Among the nearest, and at least as similar as the quantile; null where it is not measured. */
    nearest: signPrecision.extend({ quantile: z.number(), threshold: z.number().nullable() }),
  }),
});
export type PosteriorBasis = z.infer<typeof posteriorBasis>;

/** The part of known pairs that is false among those at least as similar; null without such pairs. */
export function precisionFrom(
  similarityPrecision: Float32Array,
  similarity: number,
): number | null {
  const step = Math.round(((similarity + 1) / 2) * precisionSteps);
  const precision = similarityPrecision[Math.max(0, Math.min(precisionSteps, step))] ?? NaN;
  return Number.isNaN(precision) ? null : precision;
}
