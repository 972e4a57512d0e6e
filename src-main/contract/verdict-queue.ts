import { z } from 'zod';
import { vectorSpace } from './negatives.ts';
import { runReference } from './runs.ts';
import { judgedPicture, pairReference } from './verdicts.ts';

/**
 * The order of the queue: by share of the gradient times suspicion; of the first pairs in that order,
 * those first that most runs suggest; or random.
 */
export const queueOrder = z.enum(['matter', 'agreement', 'random']);
export type QueueOrder = z.infer<typeof queueOrder>;

export const verdictQueueInput = z.object({
  run: runReference,
  order: queueOrder.default('matter'),
  seed: z.number().int().min(0).default(1),
  limit: z.number().int().min(1).max(200).default(20),
  /** Pairs to list in this order, judged or not, instead of those that the order finds. */
  pairs: z.array(pairReference).max(200).optional(),
});
export type VerdictQueueInput = z.infer<typeof verdictQueueInput>;

const queuedPair = z.object({
  anchor: judgedPicture,
  candidate: judgedPicture,
  similarity: z.number(),
  /** Rank of the candidate among all of the anchor's, 1 the most similar. */
  rank: z.number().int(),
  /** Signed share of the anchor's gradient. */
  share: z.number(),
  /** Bits of `evidenceBits`. */
  evidence: z.number().int(),
  /** Probability that the candidate is a false negative, from its rank alone. */
  posterior: z.number(),
  /**
   * The number of runs that have embedded both pictures, and of those that suggest the pair; only for
   * the order by agreement.
   */
  agreement: z.object({ suggested: z.number().int(), runs: z.number().int() }).nullable(),
  /** Why the pair is in the queue, one sentence. */
  reason: z.string(),
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
});
export type VerdictQueue = z.infer<typeof verdictQueue>;

/** The run whose random order is counted, and the seed of that order. */
export const falseNegativeRateInput = verdictQueueInput.pick({ run: true, seed: true });
export type FalseNegativeRateInput = z.infer<typeof falseNegativeRateInput>;

/**
 * The number of judged pairs at the beginning of the random order, up to the first undecided one;
 * verdicts on other pairs may decide a pair. "Unsure" is in no rate. `estimate` has Wilson's 95 %
 * interval; null before the first verdict.
 */
export const falseNegativeRate = z.object({
  judged: z.number().int(),
  same: z.number().int(),
  unsure: z.number().int(),
  estimate: z.object({ rate: z.number(), low: z.number(), high: z.number() }).nullable(),
});
export type FalseNegativeRate = z.infer<typeof falseNegativeRate>;
