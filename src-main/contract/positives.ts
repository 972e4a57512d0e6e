import { z } from 'zod';
import { runReference } from './runs.ts';

export const positivesInput = z.object({
  run: runReference,
  device: z.string().default('auto'),
});

/** The pictures whose positive was measured, the mean over them, and the views of each. */
export const positivesResult = z.object({
  run: z.number().int(),
  pictures: z.number().int(),
  views: z.number().int(),
  mean: z.number(),
  /** The mean of the pictures' standard deviations. */
  spread: z.number(),
});
