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

/** How often an operator of a training step runs on one provider of ONNX Runtime. */
const placedOperator = z.object({
  operator: z.string(),
  /** ONNX Runtime's name of it, such as `CPUExecutionProvider`. */
  provider: z.string(),
  count: z.number(),
});
export type PlacedOperator = z.infer<typeof placedOperator>;

/** Where a device runs the operators of a training step. */
export const stepPlacement = z.object({
  device: z.string(),
  /** What is trained by the step. */
  step: z.string(),
  operators: z.array(placedOperator),
  /** Why it could not be found out; null where it was. */
  error: z.string().nullable(),
});
export type StepPlacement = z.infer<typeof stepPlacement>;
