import { z } from 'zod';
import { float32Array, uint32Array, uint8Array } from './arrays.ts';
import { runReference } from './runs.ts';
import { posteriorBasis } from './suspicion.ts';

/** A picture by content hash (or its first 6 or more digits) or by path. */
export const anchorReference = z.string().min(1);

/** The features h before the projection head, or z after it, which a loss compares. */
export const vectorSpace = z.enum(['h', 'z']);
export type VectorSpace = z.infer<typeof vectorSpace>;

export const neighboursInput = z.object({
  run: runReference,
  /** The epoch whose embeddings are used; the run's current embeddings where left out. */
  epoch: z.number().int().min(1).optional(),
  anchor: anchorReference,
  k: z.number().int().min(1).max(10_000).default(15),
});
export type NeighboursInput = z.infer<typeof neighboursInput>;

export const anchorPicture = z.object({
  id: z.number().int(),
  hash: z.string(),
  path: z.string(),
  label: z.string().nullable(),
});
export type AnchorPicture = z.infer<typeof anchorPicture>;

export const neighboursResult = z.object({
  anchor: anchorPicture,
  ids: uint32Array,
  similarities: float32Array,
});
export type NeighboursResult = z.infer<typeof neighboursResult>;

/** The settings of an explanation; those left out come from the run. */
export const explanationKnobs = z.object({
  objective: z.string().optional(),
  temperature: z.number().positive().optional(),
  beta: z.number().min(0).optional(),
  tauPlus: z.number().min(0).max(0.999).optional(),
  ringOuter: z.number().positive().max(1).optional(),
  ringInner: z.number().min(0).max(1).optional(),
  ringDynamicInner: z.boolean().optional(),
  /** The part of all that is pushed which the hard negatives take together. */
  hardShare: z.number().min(0).max(1).optional(),
});
export type ExplanationKnobs = z.infer<typeof explanationKnobs>;

export const negativesInput = explanationKnobs.extend({
  run: runReference,
  anchor: anchorReference,
  /**
   * An epoch whose weights and embeddings are stored, of a trained run; its current state where left
   * out.
   */
  epoch: z.number().int().min(1).optional(),
  /** The space whose similarities are explained; where left out z if the run has it, else h. */
  space: vectorSpace.optional(),
  /**
   * Similarity of the anchor and its positive. Where left out, on z what was measured of its views; else
   * 1, so that the picture itself stands for its views.
   */
  positiveSimilarity: z.number().min(-1).max(1).optional(),
  /**
   * The batch in which the anchor was in the training's last epoch, by the z of that step; where it is
   * not recorded, and on h, the batch of `batchSeed`.
   */
  trainedBatch: z.boolean().optional(),
  /** Seed of one drawn batch of the run's size, used instead of the whole library. */
  batchSeed: z.number().int().min(0).optional(),
  /** The posterior from which a negative is suspected false; the default of `posteriorBasis`. */
  suspectFrom: z.number().min(0).max(1).optional(),
  /**
   * How well similarity separates false negatives from others (macro-AUC): given, the posterior is BCL's
   * closed form with it, and not calibrated.
   */
  posteriorAuc: z.number().min(0.5).max(1).optional(),
  /**
   * False for an answer that does not wait until the known pairs of the space are counted for the first time,
   * most of a second among 50,000 pictures: its `posteriorBasis` is then `pending`. Ask again without it for
   * the whole answer. It waits where this is left out, and among few pictures, whose pairs are soon counted.
   */
  awaitCalibration: z.boolean().optional(),
});
export type NegativesInput = z.infer<typeof negativesInput>;

/**
 * Evidence that a candidate is a false negative, one bit each; `judgedDifferent` is evidence against
 * it.
 */
export const evidenceBits = {
  sameLabel: 1,
  mutualKnn: 2,
  verdict: 4,
  judgedDifferent: 8,
  /** By the rule of `posteriorBasis`, whatever label and verdict say. */
  suspected: 16,
} as const;

/** The signed sum of a bin's shares of the net gradient, what of it pushes, and what attracts (0 or more). */
const binShare = z.object({ share: z.number(), push: z.number(), attraction: z.number() });
export type BinShare = z.infer<typeof binShare>;

/** An object with a value of each bin. */
function ofBins<T extends z.ZodType>(value: T) {
  return z.object({ hard: value, false: value, suspected: value, ring: value, easy: value });
}

/**
 * One anchor against every other picture, as columns in the order of `ids` (by rank, the most similar
 * first). `bin` is an index into `binNames`; `zone` is 0 inside the ring's inner cut, 1 in the ring, 2
 * outside, 3 for a positive of the loss. `share` is the signed share of the anchor's gradient; shares add up to 1 unless clamped.
 */
export const explanation = z.object({
  anchor: anchorPicture,
  parameters: z.object({
    objective: z.string(),
    /** The run's selection, where it differs from its objective's. */
    selection: z.string().optional(),
    /** The loss, where it is not InfoNCE. */
    loss: z.string().optional(),
    /** Of ADNCE: the mean and the spread of its weights. */
    gauss: z.object({ mean: z.number(), sigma: z.number() }).optional(),
    /** Of SupCon: labels, verdicts or both, and the splits whose labels it was given. */
    positivesFrom: z.string().optional(),
    labelsOf: z.array(z.string()).optional(),
    /** Of the pairwise sigmoid. */
    sigmoidBias: z.number().optional(),
    /** Of binary NCE: K / n, draws of each candidate, n, and log Z where the run keeps it. */
    noise: z
      .object({
        ratio: z.number(),
        draws: z.number(),
        pictures: z.number(),
        logNormalisers: z.array(z.number()).readonly().optional(),
      })
      .optional(),
    temperature: z.number(),
    beta: z.number(),
    tauPlus: z.number(),
    ringOuter: z.number(),
    ringInner: z.number(),
    ringDynamicInner: z.boolean(),
    hardShare: z.number(),
  }),
  /** The space of all similarities here; evidence of neighbours is always that of h. */
  space: vectorSpace,
  /** The spaces that this run has. */
  spaces: z.array(vectorSpace),
  /** The number of pictures that are compared with the anchor. */
  candidates: z.number().int(),
  /**
   * N, the vectors that the loss compares with one view of the anchor: one for each candidate or, in a
   * batch of the training, one for each of their views.
   */
  negatives: z.number().int(),
  /** Number of pictures that the run has embedded, the anchor included. */
  embedded: z.number().int(),
  /**
   * The batch from which the candidates are; null for the whole library. It was drawn with a seed, or is
   * a step of the training, of which `clampedViews` is the part of the anchor's views that were clamped.
   */
  batch: z
    .object({
      size: z.number().int(),
      seed: z.number().int().nullable(),
      trained: z
        .object({
          epoch: z.number().int(),
          step: z.number().int(),
          views: z.number().int(),
          clampedViews: z.number(),
        })
        .optional(),
    })
    .nullable(),
  /** In what these numbers are not those of the training's loss; sentences. */
  notes: z.array(z.string()),
  posteriorBasis,
  /**
   * The part of known pairs that is false among those with a similarity of at least -1, ... 1, in
   * `precisionSteps` steps; NaN without such pairs, empty where no pair is known.
   */
  similarityPrecision: float32Array,
  loss: z.number(),
  positiveSimilarity: z.number(),
  /**
   * Where that similarity is from: given by the caller, measured of pairs of views, that of the
   * training's step, or the picture itself (1). `spread` is its standard deviation over the views.
   */
  positive: z.object({
    from: z.enum(['given', 'views', 'step', 'itself']),
    spread: z.number().nullable(),
    views: z.number().int().nullable(),
  }),
  /** (Σ p)² / Σ p² over the shares p that push; 0 while clamped. */
  effectiveNegatives: z.number(),
  clamped: z.boolean(),
  binCounts: ofBins(z.number().int()),
  /** What each bin takes of the net gradient; over all bins the signed shares add up to 1. */
  binShares: ofBins(binShare),
  ids: uint32Array,
  similarity: float32Array,
  percentile: float32Array,
  weight: float32Array,
  share: float32Array,
  zone: uint8Array,
  /**
   * Of candidates that the loss compares by several vectors each: inside the ring's inner cut where
   * `innerRank` is less than it, outside where `outerRank` is not less than the outer cut, the cuts as
   * ranks among N. Left out where both are the candidate's index.
   */
  innerRank: uint32Array.optional(),
  outerRank: uint32Array.optional(),
  bin: uint8Array,
  evidence: uint8Array,
  /** Probability that the negative is false, from its rank alone (`posteriorBasis` says how). */
  posterior: float32Array,
});
export type Explanation = z.infer<typeof explanation>;
