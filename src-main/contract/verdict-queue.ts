import { z } from 'zod';
import { vectorSpace } from './negatives.ts';
import { runReference } from './runs.ts';
import { judgedPicture, pairReference } from './verdicts.ts';

/**
 * The order of the queue:
 * - `matter`: by share of the gradient times suspicion;
 * - `agreement`: pairs that most runs have among each other's nearest;
 * - `disagreement`: pairs that about half of the runs have among each other's nearest;
 * - `label-errors`: a picture whose nearest vote for another label, with its nearest picture of that label;
 * - `random`: every pair as likely;
 * - `push`: drawn with the probability of their share of the push;
 * - `links`: judged "same", where that verdict alone holds two parts of a group together.
 */
export const queueOrder = z.enum([
  'matter',
  'agreement',
  'disagreement',
  'label-errors',
  'random',
  'push',
  'links',
]);
export type QueueOrder = z.infer<typeof queueOrder>;

export const verdictQueueInput = z.object({
  run: runReference,
  order: queueOrder.default('matter'),
  seed: z.number().int().min(0).default(1),
  limit: z.number().int().min(1).max(200).default(20),
  /** Pairs to list in this order, judged or not, instead of those that the order finds. */
  pairs: z.array(pairReference).max(200).optional(),
  /** Only pairs with a picture of this label; of two labels, pairs with one picture of each. */
  labels: z.array(z.string()).min(1).max(2).optional(),
  /** Only pairs with pictures of a selection, by sample id: `both` of them, or at least one. */
  selection: z
    .object({ ids: z.array(z.number().int()).max(1_000_000), both: z.boolean() })
    .optional(),
});
export type VerdictQueueInput = z.infer<typeof verdictQueueInput>;

/** So many pairs of near-duplicates are judged at once at most. */
export const alikeAtMost = 10_000;

const queuedPair = z.object({
  anchor: judgedPicture,
  candidate: judgedPicture,
  similarity: z.number(),
  /** Rank of the candidate among all of the anchor's, 0 the most similar. */
  rank: z.number().int(),
  /** Signed share of the anchor's gradient. */
  share: z.number(),
  /** Bits of `evidenceBits`. */
  evidence: z.number().int(),
  /** Probability that the candidate is a false negative, from its rank alone. */
  posterior: z.number(),
  /**
   * The number of runs that have embedded both pictures, and of those that suggest the pair; only for
   * the orders by agreement and disagreement.
   */
  agreement: z.object({ suggested: z.number().int(), runs: z.number().int() }).nullable(),
  /** Why the pair is in the queue, one sentence. */
  reason: z.string(),
  /**
   * How many other open pairs there are between the near-duplicates of the one picture and those of the
   * other: `alikeAtMost` stands for so many or more.
   */
  alike: z.number().int(),
});
export type QueuedPair = z.infer<typeof queuedPair>;

export const verdictQueue = z.object({
  /** The source of the shares: the training's ledger, or an explanation of each anchor. */
  source: z.enum(['ledger', 'explanation']),
  /** The space of similarity, rank and posterior, and of a share that is explained. */
  space: vectorSpace,
  pairs: z.array(queuedPair),
  /** The number of given pairs with a picture that the run has not embedded. */
  leftOut: z.number().int(),
  /**
   * How many of all pairs of the run's pictures their label alone settles as the same thing; null where
   * pairs of one label are asked.
   */
  settledByLabel: z.object({ pairs: z.number().int(), of: z.number().int() }).nullable(),
  /** Why this order finds no pairs in this library, a sentence; empty where it can find some. */
  remark: z.string(),
});
export type VerdictQueue = z.infer<typeof verdictQueue>;

/** The open pairs between the near-duplicates of two pictures, for one verdict on all. */
export const alikePairsInput = z.object({ run: runReference, pair: pairReference });
export type AlikePairsInput = z.infer<typeof alikePairsInput>;
/** At most `alikeAtMost` pairs, the given one left out. */
export const alikePairs = z.object({ pairs: z.array(z.tuple([judgedPicture, judgedPicture])) });
export type AlikePairs = z.infer<typeof alikePairs>;

/** The run whose random order is counted, and the seed of that order. */
export const falseNegativeRateInput = verdictQueueInput.pick({ run: true, seed: true });
export type FalseNegativeRateInput = z.infer<typeof falseNegativeRateInput>;

/** A proportion with Wilson's 95 % interval; all 0 to 1. */
const proportion = z.object({ rate: z.number(), low: z.number(), high: z.number() });

/**
 * An estimate from the verdicts on the pairs at the beginning of an order, up to the first undecided
 * one. `judged` are the same or different, `unsure` come besides; of the judged, `byLabel` are the same by
 * their label alone. The `rate` of `estimate` is that of
 * the sure ones; its interval covers both ways to read the unsure: all different and all the same. All
 * three are null where nothing was judged.
 */
const judgedEstimate = z.object({
  judged: z.number().int(),
  same: z.number().int(),
  unsure: z.number().int(),
  byLabel: z.number().int(),
  estimate: proportion.nullable(),
  unsureDifferent: proportion.nullable(),
  unsureSame: proportion.nullable(),
});
export type JudgedEstimate = z.infer<typeof judgedEstimate>;

/**
 * The rate of false negatives among all pairs of `pictures`: of the run's pictures (`embedded`), or
 * without those added last, where pairs of theirs that come first in the order are not judged yet.
 */
export const falseNegativeRate = judgedEstimate.extend({
  pictures: z.number().int(),
  embedded: z.number().int(),
});
export type FalseNegativeRate = z.infer<typeof falseNegativeRate>;

/**
 * The share of the push that is false: of the pairs that the push was drawn from. From a ledger these
 * are the recorded ones, which take the part `recorded` of the push (1 from an explanation; null where
 * the loss attracts some, so that it cannot be said). A pair drawn twice counts twice; `pairs` are the
 * different ones.
 */
export const falsePushShare = judgedEstimate.extend({
  source: z.enum(['ledger', 'explanation']),
  recorded: z.number().nullable(),
  pairs: z.number().int(),
});
export type FalsePushShare = z.infer<typeof falsePushShare>;
