import { z } from 'zod';
import { float32Array, uint16Array, uint32Array, uint8Array } from './arrays.ts';
import { anchorPicture, anchorReference } from './negatives.ts';
import { runReference } from './runs.ts';

/** Epochs count from 1; without an epoch, the last one that recorded the anchor is meant. */
export const ledgerInput = z.object({
  run: runReference,
  anchor: anchorReference,
  epoch: z.number().int().min(1).optional(),
});
/**
 * The record of one anchor in one epoch of a training: the negatives with the most of its gradient as
 * columns, and totals over all its negatives. `share` is the signed share of the anchor's gradient,
 * below 0 where the negative was attracted. `weight` is N q, 1 where all weigh the same. `zone` is 0
 * inside the ring's inner cut, 1 in the ring, 2 outside; 3 where it was no negative but a positive. `met` is the number of occurrences of the two;
 * each view of either counts. `judgedDifferent` is 1 where a person had judged the two different when the
 * training began, and it used that; left out where none is.
 */
export const anchorLedger = z.object({
  anchor: anchorPicture,
  epoch: z.number().int(),
  /** The epochs that recorded this anchor. */
  epochs: z.array(z.number().int()),
  totals: z.object({
    loss: z.number(),
    effectiveNegatives: z.number(),
    /** The share of the anchor's views whose negatives had no gradient. */
    clamped: z.number(),
    /** The signed share of the gradient on negatives with the anchor's label. */
    sameLabelShare: z.number(),
    /**
     * The share of the gradient on synthetic negatives (mixed, or made by a generator), which are no
     * pictures; left out where the training made none, or was by an earlier version.
     */
    syntheticShare: z.number().optional(),
  }),
  /** The totals of every epoch in `epochs`, as columns. */
  history: z.object({
    loss: float32Array,
    effectiveNegatives: float32Array,
    clamped: float32Array,
    sameLabelShare: float32Array,
  }),
  ids: uint32Array,
  similarity: float32Array,
  weight: float32Array,
  share: float32Array,
  met: uint16Array,
  zone: uint8Array,
  judgedDifferent: uint8Array.optional(),
});
export type AnchorLedger = z.infer<typeof anchorLedger>;
