import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { runReference } from './runs.ts';

/** Finds every picture's exact neighbours in a run and keeps them, for what is read from them. */
export const neighbourSearchInput = z.object({ run: runReference });
export const neighbourSearchResult = z.object({
  pictures: z.number().int(),
  /** How many neighbours of each picture are kept. */
  neighbours: z.number().int(),
});

/** Cleanlab's default (datalab, issue manager "near_duplicate"). */
export const usualNearThreshold = 0.13;

export const nearDuplicatesInput = z.object({
  run: runReference,
  /** The longest distance of a near-duplicate, as a part of the median distance to the nearest. */
  threshold: z.number().min(0).max(1).default(usualNearThreshold),
});
export type NearDuplicatesInput = z.infer<typeof nearDuplicatesInput>;

/**
 * Pairs of pictures that a run finds nearly the same, nearest first, as columns of sample ids and
 * cosine distances (0 to 2). Each group's `links` are the fewest and nearest pairs, by their place,
 * that join all its pictures.
 */
export const nearDuplicates = z.object({
  /** Median over the pictures of the distance to the nearest other one. */
  median: z.number(),
  /** The longest distance that counts: threshold x median. */
  cut: z.number(),
  first: uint32Array,
  second: uint32Array,
  distance: float32Array,
  groups: z.array(z.object({ pictures: uint32Array, links: uint32Array })),
});
export type NearDuplicates = z.infer<typeof nearDuplicates>;
