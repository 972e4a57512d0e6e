import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { runReference } from './runs.ts';

export const mapMetric = z.enum(['cosine', 'euclidean']);
export const mapMethod = z.enum(['umap', 'pca']);

export const mapInput = z.object({
  run: runReference,
  seed: z.number().int().min(0).default(1),
  neighbours: z.number().int().min(2).max(200).default(15),
  minDistance: z.number().min(0).max(0.99).default(0.1),
  /** Between unit vectors both find the same neighbours, but weigh them differently. */
  metric: mapMetric.default('cosine'),
  method: mapMethod.default('umap'),
});
export type MapInput = z.infer<typeof mapInput>;
/** What makes a map what it is; of a PCA all but the method are without effect. */
export type MapSettings = Omit<MapInput, 'run'>;

export const mapResult = z.object({ points: z.number().int(), seconds: z.number() });
export type MapResult = z.infer<typeof mapResult>;

const settings = {
  method: mapMethod,
  metric: mapMetric,
  seed: z.number().int(),
  neighbours: z.number().int(),
  minDistance: z.number(),
};

/** A map that is kept of a run; `map` tells it from the others. */
export const keptMap = z.object({ map: z.string(), points: z.number().int(), ...settings });
export type KeptMap = z.infer<typeof keptMap>;

/** A kept map with its pictures: sample ids and, two per picture, x and y. */
export const mapPoints = keptMap
  .omit({ points: true })
  .extend({ ids: uint32Array, coordinates: float32Array });
export type MapPoints = z.infer<typeof mapPoints>;

/** Where the pictures are on a map that is being laid out, after `epoch` of `epochs`. */
export const mapProgress = z.object({
  run: z.number().int(),
  epoch: z.number().int(),
  epochs: z.number().int(),
  ids: uint32Array,
  coordinates: float32Array,
});
export type MapProgress = z.infer<typeof mapProgress>;
