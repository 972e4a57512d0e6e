import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { runReference } from './runs.ts';

/** Finds and stores every picture's exact neighbours in a run, for the methods that read them. */
export const neighbourSearchInput = z.object({ run: runReference });
export const neighbourSearchResult = z.object({
  pictures: z.number().int(),
  /** Number of stored neighbours of each picture. */
  neighbours: z.number().int(),
});

/** Cleanlab's default (datalab, issue manager "near_duplicate"). */
export const usualNearThreshold = 0.13;

export const nearDuplicatesInput = z.object({
  run: runReference,
  /** The largest distance of near-duplicates, as a part of the median distance to the nearest picture. */
  threshold: z.number().min(0).max(1).default(usualNearThreshold),
});
/**
 * Pairs of near-duplicates of a run, the nearest first, as columns of sample ids and cosine distances
 * (0 to 2). The `links` of a group are the indices of the fewest and nearest pairs that connect all its
 * pictures.
 */
export const nearDuplicates = z.object({
  /** Median over the pictures of the distance to the nearest other one. */
  median: z.number(),
  /** The largest distance that counts: threshold · median. */
  cut: z.number(),
  first: uint32Array,
  second: uint32Array,
  distance: float32Array,
  groups: z.array(z.object({ pictures: uint32Array, links: uint32Array })),
});
export type NearDuplicates = z.infer<typeof nearDuplicates>;
