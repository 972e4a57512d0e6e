import { z } from 'zod';
import { runReference } from './runs.ts';

/**
 * A run that verdicts trained, and the run that it is measured against: what it was trained on, or the
 * same training without verdicts, unless another is named.
 */
export const payInput = z.object({
  run: runReference,
  against: runReference.optional(),
  seed: z.number().int().min(0).default(1),
});

/** Values before and after, and their difference (after - before) with its 95 % interval. */
const change = z.object({
  before: z.number(),
  after: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Change = z.infer<typeof change>;

/** A share, 0 to 1, with Wilson's 95 % interval. */
const proportion = z.object({ rate: z.number(), low: z.number(), high: z.number() });

/**
 * How near the pictures of verdicts are to their partners. `pairs` and `pictures` are those that both
 * runs embedded, `groups` what is drawn together in the bootstrap: the pictures that "same" connects, or
 * of "different" all pairs between the same groups. Ranks are 1 for the nearest of all pictures.
 */
const pairsOfVerdicts = z.object({
  pairs: z.number().int(),
  pictures: z.number().int(),
  groups: z.number().int(),
  medianRank: change,
  meanRank: change,
  /**
   * By what the ranks changed, as the geometric mean of after / before with its 95 % interval: below 1
   * they became nearer.
   */
  factor: z.object({ mean: z.number(), low: z.number(), high: z.number() }),
  /** The pictures whose nearest is a partner: the change of their share, and both shares. */
  nearest: change,
  nearestBefore: proportion,
  nearestAfter: proportion,
  /**
   * The signed share of the gradient that partners took as negatives in the last recorded epoch; null
   * where a training recorded none.
   */
  push: z.object({ before: z.number().nullable(), after: z.number().nullable() }),
});
export type PairsOfVerdicts = z.infer<typeof pairsOfVerdicts>;

const divided = z.object({
  fed: pairsOfVerdicts.nullable(),
  heldOut: pairsOfVerdicts.nullable(),
});

const pairedPicture = z.object({ hash: z.string(), path: z.string().nullable() });

/** A pair judged the same whose rank changed, as seen from its first picture. */
const movedPair = z.object({
  pair: z.tuple([pairedPicture, pairedPicture]),
  before: z.number(),
  after: z.number(),
  isHeldOut: z.boolean(),
});
export type MovedPair = z.infer<typeof movedPair>;

/** What is concluded of the pairs judged the same (`payConclusion`). */
export const payVerdict = z.enum([
  ...(['paid', 'by-heart', 'worse', 'no-gain', 'too-few', 'none-held-out'] as const),
]);
export type PayVerdict = z.infer<typeof payVerdict>;

/** How the run before was found. */
export const payReason = z.enum(['trained-on', 'without-verdicts', 'chosen', 'only-other']);
export type PayReason = z.infer<typeof payReason>;

const namedRun = z.object({ run: z.number().int(), name: z.string() });

export const payResult = z.object({
  run: namedRun,
  against: namedRun.extend({ reason: payReason }),
  /** Pictures that both runs embedded: ranks are among these. */
  pictures: z.number().int(),
  same: divided,
  different: divided,
  /**
   * The leave-one-out kNN accuracy of both runs, with the interval of `compare`, and how many pictures it
   * now gets right or wrong that it did not before; null without labels.
   */
  knn: change
    .extend({ pictures: z.number().int(), gained: z.number().int(), lost: z.number().int() })
    .nullable(),
  /** As `leaveOutText`. */
  leftOut: z.string(),
  /** The epoch that held-out pairs chose, and how many epochs there were; null where they chose none. */
  kept: z.object({ epoch: z.number().int(), of: z.number().int() }).nullable(),
  verdict: payVerdict,
  /** The conclusion in sentences (`payWords`). */
  sentences: z.array(z.string()),
  /** The pairs judged the same that gained and that lost most, those that moved most first. */
  gained: z.array(movedPair),
  lost: z.array(movedPair),
});
export type PayResult = z.infer<typeof payResult>;
