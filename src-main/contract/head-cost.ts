import { z } from 'zod';
import { headViews, viewCount } from './cached-views.ts';
import { trainInput } from './runs.ts';

/** The settings of a training that decide which views are cached, and of which encoder's features. */
export const headCostInput = trainInput
  .pick({
    seed: true,
    objective: true,
    augmentation: true,
    augmentationOverrides: true,
  })
  .extend({ on: trainInput.shape.on.unwrap(), views: viewCount.default(headViews) });

/** What caching the features of all views of the library's pictures takes. */
export const headCost = z.object({
  /** Length of the features of one view. */
  dimensions: z.number().int(),
  /** Number of pictures, and of those whose views' features are cached already. */
  pictures: z.number().int(),
  cached: z.number().int(),
  /** Bytes of all cached features in the library. */
  bytes: z.number(),
  /** Seconds that the missing ones take, by the measured speed of the encoder; null if not measured. */
  seconds: z.number().nullable(),
});
export type HeadCost = z.infer<typeof headCost>;
