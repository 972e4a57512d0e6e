import type { Preprocessing } from '../../../../contract/preprocessing.ts';

/** The mean and deviation by channel that values are normalised with. */
type Colours = Pick<Preprocessing, 'mean' | 'std'>;

/**
 * The numbers that libraries have names for: IMAGENET_DEFAULT, IMAGENET_STANDARD and OPENAI_CLIP; `none`
 * leaves values unchanged.
 */
export const usualColours = {
  imageNet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  half: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  clip: {
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
  },
  none: { mean: [0, 0, 0], std: [1, 1, 1] },
} as const satisfies Record<string, Colours>;
