import './errors/without-eval.ts';
import { z } from 'zod';

/** What a device lacks here, and how to get it. */
export const missingPart = z.object({ what: z.string(), get: z.string() });
export type MissingPart = z.infer<typeof missingPart>;

/** A compute device: whether it exists, and why it is or is not used. */
export const deviceReport = z.object({
  name: z.string(),
  available: z.boolean(),
  chosen: z.boolean(),
  reason: z.string(),
  millisecondsPerStep: z.number().nullable(),
  /** What it lacks, where that is known and it cannot be used. */
  missing: z.array(missingPart).optional(),
});
export type DeviceReport = z.infer<typeof deviceReport>;
