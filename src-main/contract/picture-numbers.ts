import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';

/** The numbers that a training records of each picture, in the order in which they are offered. */
export const pictureNumberNames = [
  'loss',
  'hardness',
  'effectiveNegatives',
  'sameLabelShare',
] as const;
export type PictureNumberName = (typeof pictureNumberNames)[number];

/**
 * The record of each anchor in the last recorded epoch of a training, as columns in the order of `ids`.
 * `loss`; `hardness`, the mean cosine of the recorded negatives, NaN where none was recorded;
 * `effectiveNegatives`, (Σ p)² / Σ p² of its pushes; `sameLabelShare`, the signed share of the gradient on negatives with
 * the anchor's label. For a run without a ledger, `epoch` is null and the columns are empty.
 */
export const pictureNumbers = z.object({
  epoch: z.number().int().nullable(),
  ids: uint32Array,
  loss: float32Array,
  hardness: float32Array,
  effectiveNegatives: float32Array,
  sameLabelShare: float32Array,
});
export type PictureNumbers = z.infer<typeof pictureNumbers>;
