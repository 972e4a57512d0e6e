import type { AugmentationPreset } from './augmentations.ts';
import { beginsTrained } from './encoder-kinds.ts';

/** The longest side, in pixels, of pictures that a paper would augment as those of CIFAR. */
export const smallPictures = 64;

/** A paper's augmentation of small pictures, and of larger ones. */
interface ObjectiveAugmentation {
  readonly small: AugmentationPreset;
  readonly large: AugmentationPreset;
}

const alike = (preset: AugmentationPreset): ObjectiveAugmentation => ({
  small: preset,
  large: preset,
});
const ofSimclr: ObjectiveAugmentation = { small: 'simclr', large: 'simclr-imagenet' };
const ofRing: ObjectiveAugmentation = { small: 'moco-v2', large: 'moco-v1' };

/** The augmentation of an objective's recipe; other objectives have that of SimCLR. */
const ofObjective: Readonly<Record<string, ObjectiveAugmentation>> = {
  debiased: alike('hcl'),
  hard: alike('hcl'),
  adnce: alike('hcl'),
  ring: ofRing,
  moco: alike('moco-v1'),
  'moco-ring': ofRing,
  mochi: alike('moco-v2'),
  ir: { small: 'ir-cifar', large: 'moco-v1' },
  'ir-ring': ofRing,
  cmc: alike('cmc'),
  'cmc-nce': alike('cmc'),
  'cmc-ring': alike('cmc'),
  prototypes: alike('moco-v2'),
};

/** The augmentations of an objective's recipe. */
export function augmentationsOf(objective: string): ObjectiveAugmentation {
  return ofObjective[objective] ?? ofSimclr;
}

/** What the default of a training's augmentation depends on. */
interface AugmentedTraining {
  readonly objective: string;
  readonly encoder: string;
  /** Side of the pictures in pixels. */
  readonly size: number;
}

/**
 * The augmentation that a training has where none is chosen: that of its objective's recipe, or the gentle
 * one where the training begins with an encoder that was trained before (docs/recipes.md).
 */
export function defaultAugmentation({
  objective,
  encoder,
  size,
}: AugmentedTraining): AugmentationPreset {
  if (beginsTrained(encoder)) return 'gentle';
  const { small, large } = augmentationsOf(objective);
  return size <= smallPictures ? small : large;
}
