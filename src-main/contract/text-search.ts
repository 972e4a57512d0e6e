import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { runReference } from './runs.ts';

export const textSearchInput = z.object({
  run: runReference,
  text: z.string().trim().min(1, 'Say what the pictures should show.').max(2000),
  k: z.number().int().min(1).max(10_000).default(50),
});
/** The pictures whose vectors are most similar to that of a text, the most similar first. */
export const textSearchResult = z.object({
  ids: uint32Array,
  similarities: float32Array,
  /**
   * The number of tokens in the text, and of those that the model reads, where that is fewer; the rest
   * is cut off.
   */
  cut: z.object({ tokens: z.number().int(), read: z.number().int() }).nullable(),
});
export type TextSearchResult = z.infer<typeof textSearchResult>;

/** The text tower beside a run's encoder; `path` is null where there is none, and `reason` says why. */
export const textTower = z.object({ path: z.string().nullable(), reason: z.string() });
export type TextTowerReport = z.infer<typeof textTower>;
