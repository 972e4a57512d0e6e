import { z } from 'zod';
import { uint8Array } from './arrays.ts';
import { augmentationOverrides, augmentationPreset } from './augmentations.ts';

/**
 * The input of a preview of views of one picture, which is named as an anchor is: by path or content
 * hash.
 */
export const augmentPreviewInput = z.object({
  anchor: z.string().min(1),
  augmentation: augmentationPreset.default('simclr'),
  augmentationOverrides: augmentationOverrides.default({}),
  /** Side of the pictures in pixels, as the encoder is given them. */
  size: z.number().int().min(16).max(256).default(32),
  seed: z.number().int().min(0).default(1),
  /** Number of pairs of views. */
  count: z.number().int().min(1).max(8).default(1),
});

/**
 * RGB bytes, [size, size, 3] each: the picture before augmentation, and 2 · count views of it; view i
 * and view count + i are a pair.
 */
export const augmentPreview = z.object({
  size: z.number().int(),
  count: z.number().int(),
  picture: uint8Array,
  views: uint8Array,
});
export type AugmentPreview = z.infer<typeof augmentPreview>;
