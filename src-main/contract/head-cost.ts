import { z } from 'zod';
import { trainInput } from './runs.ts';

/** The part of a training that says which views are kept of which encoder's features. */
export const headCostInput = trainInput
  .pick({ views: true, seed: true, augmentation: true, augmentationOverrides: true })
  .extend({ on: trainInput.shape.on.unwrap() });

/** What the features of all views of the library's pictures take. */
export const headCost = z.object({
  /** Length of the features of one view. */
  dimensions: z.number().int(),
  /** Pictures in all, and those whose views' features are kept already. */
  pictures: z.number().int(),
  kept: z.number().int(),
  /** Of the whole, in the library. */
  bytes: z.number(),
});
export type HeadCost = z.infer<typeof headCost>;
