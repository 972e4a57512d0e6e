import { z } from 'zod';
import { isFineTuning, takesFeatures } from './encoder-kinds.ts';

/** The views of each picture whose features are cached for a head or an adapter, where none are chosen. */
export const headViews = 8;

/** The number of views of each picture whose features are cached; 0 for fresh views in each step. */
export const viewCount = z
  .number()
  .int()
  .min(0)
  .max(64)
  .refine((views) => views !== 1, 'A positive is two views; cache at least 2.');

/**
 * How many views of each picture a training caches: a head and an adapter are trained on cached views
 * always, fine-tuning where they are chosen, a network from nothing never.
 */
export function cachedViewsOf({
  encoder,
  views,
}: {
  readonly encoder: string;
  readonly views?: number | undefined;
}): number {
  if (takesFeatures(encoder)) return views ?? headViews;
  return isFineTuning(encoder) ? (views ?? 0) : 0;
}
