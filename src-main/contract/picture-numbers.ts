import { z } from 'zod';
import { float32Array, uint32Array } from './arrays.ts';

/** The numbers that a training leaves behind of each picture, in the order in which they are offered. */
export const pictureNumberNames = [
  'loss',
  'hardness',
  'effectiveNegatives',
  'sameLabelShare',
] as const;
export type PictureNumberName = (typeof pictureNumberNames)[number];

/**
 * What the last recorded epoch of a training says of each of its anchors, as columns in the order of
 * `ids`: `loss`; `hardness`, the mean cosine of the recorded negatives, NaN where none was recorded;
 * `effectiveNegatives`, 1 / Σ q²; `sameLabelShare`, the signed share of the gradient on negatives of
 * the anchor's own label. `epoch` is null, and the columns empty, for a run without a ledger.
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
