import { z } from 'zod';
import { runReference } from './runs.ts';

/** A run as it is now, or its checkpoint after an epoch. */
export const comparedRun = z.object({
  run: runReference,
  epoch: z.number().int().min(1).optional(),
});
export type ComparedRun = z.infer<typeof comparedRun>;

/** Two to four runs or checkpoints; each is compared with each. `most` pictures are listed as most changed. */
export const compareInput = z.object({
  runs: z
    .array(comparedRun)
    .min(2, 'Comparing takes two runs.')
    .max(4, 'At most four runs can be compared at once.'),
  k: z.number().int().min(1).default(15),
  most: z.number().int().min(0).default(20),
  seed: z.number().int().min(0).default(1),
});

/** A mean with its 95 % bootstrap interval. */
export const interval = z.object({ mean: z.number(), low: z.number(), high: z.number() });
export type Interval = z.infer<typeof interval>;

/** Negatives of a bin per anchor, as means: in both runs, in the second only, in the first only. */
export const setChange = z.object({ kept: z.number(), new: z.number(), gone: z.number() });
export type SetChange = z.infer<typeof setChange>;

export const changedPicture = z.object({
  id: z.number().int(),
  overlap: z.number(),
  rankBiasedOverlap: z.number(),
  /** Change, second less first, of the mean similarity to the k nearest. */
  hardness: z.number(),
  gained: z.array(z.number().int()),
  lost: z.array(z.number().int()),
});

/**
 * How a second run differs from a first on the pictures that both have embedded. Neighbours and CKA
 * are of all of them; the bins are those of `anchors` of them, each against all, by the ring of Wu et
 * al. (2020) for both runs, counting false negatives that are within the ring's outer cut.
 */
export const comparison = z.object({
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
  negatives: z.object({ hard: setChange, false: setChange, ring: setChange }),
  /** Leave-one-out kNN accuracy and McNemar's two-sided p; null without labels. */
  accuracy: z.object({ a: z.number(), b: z.number(), p: z.number() }).nullable(),
  mostChanged: z.array(changedPicture),
  mostChangedLabels: z.array(
    z.object({ label: z.string(), pictures: z.number().int(), overlap: z.number() }),
  ),
});
export type Comparison = z.infer<typeof comparison>;

/** Every pair, in the order of the runs. */
export const compareResult = z.object({ comparisons: z.array(comparison) });
