import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { runReference } from './runs.ts';

export const mapInput = z.object({
  run: runReference,
  seed: z.number().int().min(0).default(1),
  neighbours: z.number().int().min(2).max(200).default(15),
  minDistance: z.number().min(0).max(0.99).default(0.1),
  method: z.enum(['umap', 'pca']).default('umap'),
});
export type MapInput = z.infer<typeof mapInput>;

export const mapResult = z.object({ points: z.number().int(), seconds: z.number() });
export type MapResult = z.infer<typeof mapResult>;

/** The latest map of a run: sample ids and, two per picture, x and y. */
export const mapPoints = z.object({
  ids: uint32Array,
  coordinates: float32Array,
  method: z.string(),
  seed: z.number().int(),
  neighbours: z.number().int(),
});
export type MapPoints = z.infer<typeof mapPoints>;
