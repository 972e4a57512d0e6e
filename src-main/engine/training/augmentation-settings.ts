import type { AugmentationPreset } from '../../contract/runs.ts';

/** How the two views of a picture are made; torchvision's names and meanings. */
export interface AugmentationSettings {
  /** Area of the crop as a share of the picture: RandomResizedCrop's scale. */
  readonly cropScale: readonly [number, number];
  /** Width over height of the crop, drawn log-uniformly. */
  readonly cropRatio: readonly [number, number];
  readonly flipProbability: number;
  readonly jitterProbability: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** At most this share of the colour circle, to either side. */
  readonly hue: number;
  readonly grayscaleProbability: number;
  readonly blurProbability: number;
  /** Standard deviation of the blur in pixels. */
  readonly blurSigma: readonly [number, number];
}

/** SimCLR's CIFAR recipe: crops down to 8 % of the area, colour strength 0.5, no blur (objectives.md 4). */
export const simclrCifar: AugmentationSettings = {
  cropScale: [0.08, 1],
  cropRatio: [3 / 4, 4 / 3],
  flipProbability: 0.5,
  jitterProbability: 0.8,
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  hue: 0.1,
  grayscaleProbability: 0.2,
  blurProbability: 0,
  blurSigma: [0.1, 2],
};

/**
 * Our own, for drawings and for trainings of minutes: what is left of a picture still shows what it
 * is, and its colours still tell.
 */
const gentle: AugmentationSettings = {
  ...simclrCifar,
  cropScale: [0.4, 1],
  brightness: 0.2,
  contrast: 0.2,
  saturation: 0.2,
  hue: 0.02,
  grayscaleProbability: 0,
};

export const augmentationSettings: Readonly<Record<AugmentationPreset, AugmentationSettings>> = {
  simclr: simclrCifar,
  gentle,
};
