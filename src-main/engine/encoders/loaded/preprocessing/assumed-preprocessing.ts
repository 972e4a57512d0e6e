import type { EncoderDescription, EncoderInput } from '../../../../contract/loaded-encoders.ts';
import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import type { FixedSides, FoundPreprocessing } from './found-preprocessing.ts';
import { preprocessingOfFiles } from './preprocessing-files.ts';
import type { PreprocessingFiles } from './preprocessing-files.ts';
import { usualColours } from './usual-colours.ts';

type Assumed = Pick<EncoderDescription, 'preprocessing' | 'preprocessingReason' | 'assumptions'>;

/** The side in pixels with which most encoders were trained. */
const usualSide = 224;
/** torchvision's crop, as a part of the shorter side. */
const usualCrop = 0.875;

/**
 * The preprocessing of a model: what the model itself says, else what the files beside it say, else
 * ImageNet's usual one.
 * @param own what the model itself says, or null
 */
export function assumedPreprocessing(
  input: EncoderInput,
  files: PreprocessingFiles,
  own: FoundPreprocessing | null,
): Assumed {
  const found = own ?? preprocessingOfFiles(files, input) ?? usualPreprocessing(input);
  const scaled = input.type === 'uint8' ? scaledByModel(found) : found;
  const { preprocessing, reason, assumptions } = scaled;
  return { preprocessing, preprocessingReason: reason, assumptions: [...assumptions] };
}

function usualPreprocessing(fixed: FixedSides): FoundPreprocessing {
  const width = fixed.width ?? usualSide;
  const height = fixed.height ?? usualSide;
  const preprocessing: Preprocessing = {
    mode: 'crop',
    resize: Math.round(Math.min(width, height) / usualCrop),
    width,
    height,
    kernel: 'linear',
    channels: 'rgb',
    scale: 1 / 255,
    mean: [...usualColours.imageNet.mean],
    std: [...usualColours.imageNet.std],
  };
  return {
    preprocessing,
    reason:
      'No file beside the model says it: ImageNet’s mean and deviation and torchvision’s usual crop are assumed. Check them against how the model was trained.',
    assumptions: [
      `All of it is assumed: resize side ${preprocessing.resize}, ${width} x ${height}, linear, mean and std. A preprocessor_config.json, an open_clip_config.json or timm’s config.json beside the model would say it.`,
    ],
  };
}

/** For a model that takes bytes: it scales them itself, so only the resize is taken. */
function scaledByModel({ preprocessing, ...found }: FoundPreprocessing): FoundPreprocessing {
  const { scale, mean, std } = preprocessing;
  const changes =
    scale !== 1 || mean.some((value) => value !== 0) || std.some((value) => value !== 1);
  if (!changes) return { preprocessing, ...found };
  return {
    preprocessing: { ...preprocessing, scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
    reason: found.reason,
    assumptions: [
      ...found.assumptions,
      'The model takes bytes, so it is assumed to scale them itself: scale, mean and std are not applied.',
    ],
  };
}
