import { z } from 'zod';
import { runReference } from './runs.ts';
import { judgedPicture, pairReference } from './verdicts.ts';

/**
 * By share of the gradient x suspicion; of the pairs that would lead so those first that most runs
 * suggest; or any pair as likely as any other.
 */
export const queueOrder = z.enum(['matter', 'agreement', 'random']);
export type QueueOrder = z.infer<typeof queueOrder>;

export const verdictQueueInput = z.object({
  run: runReference,
  order: queueOrder.default('matter'),
  seed: z.number().int().min(0).default(1),
  limit: z.number().int().min(1).max(200).default(20),
  /** These pairs in this order, judged or not, instead of what the order would find. */
  pairs: z.array(pairReference).max(200).optional(),
});
export type VerdictQueueInput = z.infer<typeof verdictQueueInput>;

export const queuedPair = z.object({
  anchor: judgedPicture,
  candidate: judgedPicture,
  similarity: z.number(),
  /** Of the candidate among all of the anchor's, 1 the most similar. */
  rank: z.number().int(),
  /** Signed share of the anchor's gradient. */
  share: z.number(),
  /** Bits of `evidenceBits`. */
  evidence: z.number().int(),
  /** Probability that the candidate is a false negative, from its rank alone. */
  posterior: z.number(),
  /** How many of the runs that have embedded both pictures suggest the pair; by agreement only. */
  agreement: z.object({ suggested: z.number().int(), runs: z.number().int() }).nullable(),
  /** Why the pair is in the queue, one sentence. */
  reason: z.string(),
});
export type QueuedPair = z.infer<typeof queuedPair>;

export const verdictQueue = z.object({
  /** Where the shares come from: what the training wrote down, or an explanation of each anchor. */
  source: z.enum(['ledger', 'explanation']),
  pairs: z.array(queuedPair),
  /** How many of the pairs that were asked for have a picture that the run has not embedded. */
  leftOut: z.number().int(),
});
export type VerdictQueue = z.infer<typeof verdictQueue>;

/** Whose random order is counted, and the seed that it was drawn by. */
export const falseNegativeRateInput = verdictQueueInput.pick({ run: true, seed: true });
export type FalseNegativeRateInput = z.infer<typeof falseNegativeRateInput>;

/**
 * How many of the first pairs of the random order were judged the same thing, or are by other verdicts,
 * up to the first that nothing is known of; "unsure" is in no rate. `estimate` has Wilson's 95 % interval; null before the first verdict.
 */
export const falseNegativeRate = z.object({
  judged: z.number().int(),
  same: z.number().int(),
  unsure: z.number().int(),
  estimate: z.object({ rate: z.number(), low: z.number(), high: z.number() }).nullable(),
});
export type FalseNegativeRate = z.infer<typeof falseNegativeRate>;
