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
  /** Both find the same neighbours among unit vectors, but weigh them differently. */
  metric: mapMetric.default('cosine'),
  method: mapMethod.default('umap'),
});
type MapInput = z.infer<typeof mapInput>;
/** The settings that identify a map; for a PCA only the method matters. */
export type MapSettings = Omit<MapInput, 'run'>;

export const mapResult = z.object({ points: z.number().int(), seconds: z.number() });
const settings = {
  method: mapMethod,
  metric: mapMetric,
  seed: z.number().int(),
  neighbours: z.number().int(),
  minDistance: z.number(),
};

/** A stored map of a run; `map` identifies it among the run's maps. */
export const mapSummary = z.object({ map: z.string(), points: z.number().int(), ...settings });
export type MapSummary = z.infer<typeof mapSummary>;

/** A stored map with its pictures: sample ids, and x and y of each in map units, [n, 2]. */
export const mapPoints = mapSummary
  .omit({ points: true })
  .extend({ ids: uint32Array, coordinates: float32Array });
export type MapPoints = z.infer<typeof mapPoints>;

/** The positions of the pictures on a map that is being laid out, after `epoch` of `epochs`. */
export const mapProgress = z.object({
  run: z.number().int(),
  epoch: z.number().int(),
  epochs: z.number().int(),
  ids: uint32Array,
  coordinates: float32Array,
});
export type MapProgress = z.infer<typeof mapProgress>;
