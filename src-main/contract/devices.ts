import './errors/without-eval.ts';
import { z } from 'zod';

/** A compute device: whether it exists, and why it is or is not used. */
export const deviceReport = z.object({
  name: z.string(),
  available: z.boolean(),
  chosen: z.boolean(),
  reason: z.string(),
  millisecondsPerStep: z.number().nullable(),
});
export type DeviceReport = z.infer<typeof deviceReport>;
