import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { judgedSameNegatives } from './judged-same-negatives.ts';
import { runReference } from './runs.ts';
import { trainingsComparison } from './trainings-comparison.ts';

/** A run as it is now, its checkpoint after an epoch, or its seed group. */
const comparedRun = z.object({
  run: runReference,
  epoch: z.number().int().min(1).optional(),
  /** Whether the run stands for its whole seed group. */
  seeds: z.boolean().optional(),
});
export type ComparedRun = z.infer<typeof comparedRun>;

/**
 * How a second map is laid over a first: by Procrustes; laid out anew from the first map's positions,
 * then by Procrustes; or drawn among its neighbours' positions.
 */
export const mapAlignment = z.enum(['procrustes', 'started', 'projected']);
export type MapAlignment = z.infer<typeof mapAlignment>;

/**
 * Two to four runs or checkpoints, of which each pair is compared. `most` is the number of most changed
 * pictures that are listed.
 */
export const compareInput = z.object({
  runs: z
    .array(comparedRun)
    .min(2, 'Comparing takes two runs.')
    .max(4, 'At most four runs can be compared at once.'),
  k: z.number().int().min(1).default(15),
  most: z.number().int().min(0).default(20),
  seed: z.number().int().min(0).default(1),
  /** Whether missing maps are laid out too, so that maps can be shown side by side. */
  maps: z.boolean().default(false),
  /** With 'started', the second map of each pair is also laid out from the first. */
  alignment: mapAlignment.default('procrustes'),
});

/** A value on these pictures with its 95 % interval over samples of pictures. */
const interval = z.object({ mean: z.number(), low: z.number(), high: z.number() });
export type Interval = z.infer<typeof interval>;

/**
 * Numbers of negatives of a bin, as means per anchor: in both runs, only in the second, only in the
 * first.
 */
const setChange = z.object({ kept: z.number(), new: z.number(), gone: z.number() });
export type SetChange = z.infer<typeof setChange>;

/**
 * The false discovery rate at which this changed more than another seed changes it; null where no two
 * seeds of a training are known.
 */
const seedRate = { q: z.number().nullable() };

/**
 * A picture whose neighbours changed; `gained` and `lost` are neighbours in only the second or only the
 * first run.
 */
const changedPicture = z.object({
  id: z.number().int(),
  overlap: z.number(),
  rankBiasedOverlap: z.number(),
  /**
   * Change (second minus first) of the mean similarity to the k nearest, in deviations of each run's own
   * similarities.
   */
  hardness: z.number(),
  gained: z.array(z.number().int()),
  lost: z.array(z.number().int()),
  ...seedRate,
});

/** A number of each run. */
const bothSides = z.object({ a: z.number(), b: z.number() });

/** Accuracies (0 to 1) of two runs on the same pictures, and the change with its interval. */
const pairedAccuracy = bothSides.extend({ change: interval.nullable() });
export type PairedAccuracy = z.infer<typeof pairedAccuracy>;

/**
 * Pictures whose neighbours changed in the same way: each shares at least a quarter of what it
 * gained and lost with the first. `gained` and `lost` are what at least half of them share.
 */
const changedGroup = z.object({
  ids: z.array(z.number().int()),
  gained: z.array(z.number().int()),
  lost: z.array(z.number().int()),
  /** Whether no group between two seeds is as large; null where no two seeds are known. */
  isBeyondSeeds: z.boolean().nullable(),
});

/**
 * How a second run differs from a first on the pictures that both have embedded. Neighbours and CKA are
 * of all these pictures. The bins are those of `anchors` of them, each against all, by each run's own
 * loss; false and suspected negatives count where else they were hard or in the ring.
 */
const comparison = z.object({
  a: z.string(),
  b: z.string(),
  pictures: z.number().int(),
  k: z.number().int(),
  dimensions: z.object({ a: z.number().int(), b: z.number().int() }),
  neighbourOverlap: interval,
  rankBiasedOverlap: interval,
  hardness: interval,
  cka: z.number().nullable(),
  anchors: z.number().int(),
  negatives: z.object({
    hard: setChange,
    false: setChange,
    suspected: setChange,
    ring: setChange,
  }),
  /**
   * Leave-one-out kNN accuracy by the same k (`knnNeighbours`) as a run's own, whatever the `k` of the
   * comparison; null without labels.
   */
  accuracy: pairedAccuracy.nullable(),
  /**
   * The linear probe's accuracy, as a run's own, without an interval; null without two labels, or where it
   * is left out.
   */
  linear: pairedAccuracy.nullable(),
  /** The same accuracies as means over the labels. */
  balanced: z.object({ knn: bothSides.nullable(), linear: bothSides.nullable() }),
  /** The pictures that accuracies and precision are of, and labelled ones that cannot be scored. */
  scoredPictures: z.number().int(),
  singletons: z.number().int(),
  /** What did not vote, as `leaveOutText`. */
  leftOut: z.string(),
  /**
   * The alignment that training measured, between two views of each picture; null where it did not, or
   * by another protocol.
   */
  alignment: z.object({ a: z.number().nullable(), b: z.number().nullable() }),
  uniformity: bothSides,
  rankMe: bothSides,
  /** Precision at 20, its change, and what it is by chance and at best; null without labels. */
  precisionAt20: bothSides
    .extend({ change: interval, chance: z.number(), ceiling: z.number() })
    .nullable(),
  /** What each run's own training pushed apart of pairs judged the same; null without a ledger. */
  judgedSame: z.object({
    a: judgedSameNegatives.nullable(),
    b: judgedSameNegatives.nullable(),
  }),
  mostChanged: z.array(changedPicture),
  mostChangedLabels: z.array(
    z.object({
      ...{ label: z.string(), pictures: z.number().int(), overlap: z.number() },
      ...seedRate,
    }),
  ),
  changedGroups: z.array(changedGroup),
  /** What the two runs say of their trainings: these numbers are of these two networks alone. */
  trainings: trainingsComparison,
});
export type Comparison = z.infer<typeof comparison>;

/** The comparisons of all pairs, in the order of the runs. */
export const compareResult = z.object({ comparisons: z.array(comparison) });

/** The two runs whose comparison is shown. */
export const comparisonWithMapsInput = z.object({
  a: comparedRun,
  b: comparedRun,
  k: z.number().int().min(1).default(15),
  alignment: mapAlignment.default('procrustes'),
});
/**
 * A comparison with the columns that draw it, in the order of `ids`: each picture's overlap of
 * neighbours and change of hardness, and two maps in one frame (x and y of each picture, in map units).
 * `residual` is the share of the first map's spread that the second does not fit. `alignment` is the
 * requested one, or Procrustes where that one is not laid out yet.
 */
export const comparisonWithMapsResult = z.object({
  comparison,
  ids: uint32Array,
  overlap: float32Array,
  hardness: float32Array,
  maps: z
    .object({
      a: float32Array,
      b: float32Array,
      alignment: mapAlignment,
      residual: z.number(),
    })
    .nullable(),
});
export type ComparisonWithMaps = z.infer<typeof comparisonWithMapsResult>;
