import { z } from 'zod';
import { uint8Array } from './arrays.ts';
import { augmentationOverrides, augmentationPreset } from './augmentations.ts';

/** Views to be drawn of one picture, named as an anchor is: by path or content hash. */
export const augmentPreviewInput = z.object({
  anchor: z.string().min(1),
  augmentation: augmentationPreset.default('simclr'),
  augmentationOverrides: augmentationOverrides.default({}),
  /** Side in pixels, as the encoder sees it. */
  size: z.number().int().min(16).max(256).default(32),
  seed: z.number().int().min(0).default(1),
  /** How many pairs of views. */
  count: z.number().int().min(1).max(8).default(1),
});

/**
 * RGB bytes, size x size x 3 each: the picture as it goes in, and 2 x count views of it; view i and
 * view count + i are a pair.
 */
export const augmentPreview = z.object({
  size: z.number().int(),
  count: z.number().int(),
  picture: uint8Array,
  views: uint8Array,
});
export type AugmentPreview = z.infer<typeof augmentPreview>;
