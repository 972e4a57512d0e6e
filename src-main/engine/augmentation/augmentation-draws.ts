import type { AugmentationSettings } from '../../contract/augmentations.ts';
import type { Random } from '../numeric/random.ts';

/**
 * Numbers per view in `crops`: top, left, height and width as parts of the picture's height and width;
 * a mirrored view has a negative width.
 */
export const cropNumbers = 4;
/**
 * Numbers per view in `colours`: factors of brightness, contrast and saturation, hue shift in turns,
 * grayness 0 or 1, blur sigma in pixels.
 */
export const colourNumbers = 6;

/** The random numbers of a batch of views, as the graph takes them: [views, 4] and [views, 6]. */
export interface AugmentationDraws {
  readonly crops: Float32Array;
  readonly colours: Float32Array;
}

/**
 * Draws the random numbers of `views` views for `augmentedViews`. `aspectOf` gives width over height of
 * the picture that a view is cropped from; squares where it is left out.
 */
export function drawAugmentation(
  views: number,
  settings: AugmentationSettings,
  random: Random,
  aspectOf: (view: number) => number = () => 1,
): AugmentationDraws {
  const crops = new Float32Array(views * cropNumbers);
  const colours = new Float32Array(views * colourNumbers);
  for (let view = 0; view < views; view += 1) {
    crops.set(drawCrop(settings, random, aspectOf(view)), view * cropNumbers);
    colours.set(drawColours(settings, random), view * colourNumbers);
  }
  return { crops, colours };
}

const attempts = 10;

/**
 * torchvision's RandomResizedCrop.get_params, without rounding to whole pixels; `aspect` is the
 * picture's width over its height.
 */
function drawCrop(settings: AugmentationSettings, random: Random, aspect: number): number[] {
  const { cropScaleMin, cropScaleMax, cropRatioMin, cropRatioMax } = settings;
  let [top, left, height, width] = middleCrop(settings, aspect);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const area = random.uniform(cropScaleMin, cropScaleMax);
    const shape = Math.exp(random.uniform(Math.log(cropRatioMin), Math.log(cropRatioMax)));
    const ratio = shape / aspect;
    const [tryWidth, tryHeight] = [Math.sqrt(area * ratio), Math.sqrt(area / ratio)];
    if (tryWidth > 1 || tryHeight > 1) continue;
    [height, width] = [tryHeight, tryWidth];
    [top, left] = [random.uniform(0, 1 - height), random.uniform(0, 1 - width)];
    break;
  }
  const isFlipped = random.uniform(0, 1) < settings.flipProbability;
  return isFlipped ? [top, left + width, height, -width] : [top, left, height, width];
}

/** The largest crop in the middle of an allowed shape, for when no drawn one fits into the picture. */
function middleCrop(
  { cropRatioMin, cropRatioMax }: AugmentationSettings,
  aspect: number,
): [top: number, left: number, height: number, width: number] {
  const height = Math.min(1, aspect / cropRatioMin);
  const width = Math.min(1, cropRatioMax / aspect);
  return [(1 - height) / 2, (1 - width) / 2, height, width];
}

function drawColours(settings: AugmentationSettings, random: Random): number[] {
  const factor = (strength: number): number =>
    random.uniform(Math.max(0, 1 - strength), 1 + strength);
  const isJittered = random.uniform(0, 1) < settings.jitterProbability;
  const jitter = [
    factor(settings.brightness),
    factor(settings.contrast),
    factor(settings.saturation),
    random.uniform(-settings.hue, settings.hue),
  ];
  const isGray = random.uniform(0, 1) < settings.grayscaleProbability;
  const isBlurred = random.uniform(0, 1) < settings.blurProbability;
  const sigma = random.uniform(settings.blurSigmaMin, settings.blurSigmaMax);
  return [...(isJittered ? jitter : [1, 1, 1, 0]), isGray ? 1 : 0, isBlurred ? sigma : 0];
}
