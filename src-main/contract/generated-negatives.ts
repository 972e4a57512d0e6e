import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';
import { anchorPicture, anchorReference } from './negatives.ts';
import { partsOf } from './objectives/parse-objective.ts';
import { parseObjectivePreset, presets } from './objectives/presets.ts';
import type { ObjectiveSettings } from './objectives/settings-table.ts';
import { runReference } from './runs.ts';
import type { RunSummary } from './runs.ts';

/** Whether generated negatives join the real ones, or are the only ones. */
export type GeneratedUse = NonNullable<ObjectiveSettings['generatedUse']>;

/** So many are made where no number is asked for. */
export const shownGenerated = 32;

export const generatedInput = z.object({
  run: runReference,
  /** The epoch whose generator is asked; that of the run as it is where left out. */
  epoch: z.number().int().min(1).optional(),
  anchor: anchorReference,
  /** How many are made. */
  count: z.number().int().min(2).max(1024).default(shownGenerated),
  /** Of the noise. */
  seed: z.number().int().min(0).default(1),
});
export type GeneratedInput = z.input<typeof generatedInput>;

/**
 * Negatives that a run's generator makes of an anchor's z, as columns with one row each: its similarity to
 * the anchor, the real picture nearest to it other than the anchor, its similarity to that picture, and how
 * many real pictures are more similar to the anchor than it is, of `pictures`.
 */
export const generatedNegatives = z.object({
  anchor: anchorPicture,
  /** K, how many a step of the training made for each picture. */
  perPicture: z.number().int(),
  pictures: z.number().int(),
  /** Similarities to the anchor: the mean of the generated ones, and of the real picture nearest to it. */
  meanSimilarity: z.number(),
  nearestSimilarity: z.number(),
  /** The mean of |n(z1) − n(z2)| over the numbers of two halves; 0 where all are one. */
  diversity: z.number(),
  similarity: float32Array,
  ids: uint32Array,
  similarityToPicture: float32Array,
  harder: uint32Array,
});
export type GeneratedNegatives = z.infer<typeof generatedNegatives>;

/** How a run's training used generated negatives; null where it made none. */
export function generatedUseOf({
  objective,
  settings,
}: Pick<RunSummary, 'objective' | 'settings'>): GeneratedUse | null {
  if (objective === null || !Object.hasOwn(presets, objective)) return null;
  const preset = parseObjectivePreset(objective);
  if (partsOf(preset, settings).selection !== 'generation') return null;
  const defaults: ObjectiveSettings = presets[preset].defaults;
  const chosen = settings['generatedUse'] ?? defaults.generatedUse;
  return chosen === 'replace' ? 'replace' : 'beside';
}
