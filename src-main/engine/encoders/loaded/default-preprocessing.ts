import type { EncoderDescription, EncoderInput } from '../../../contract/loaded-encoders.ts';
import type { Preprocessing, PreprocessingChanges } from '../../../contract/preprocessing.ts';

/** What the files beside a model say of it. */
export interface EncoderHints {
  /** The family of models, empty if unknown. */
  readonly family: string;
  /** Null if no file has the preprocessing. */
  readonly preprocessing: PreprocessingChanges | null;
  /** The name of that file. */
  readonly source: string;
  readonly notes: readonly string[];
}

type Assumed = Pick<EncoderDescription, 'preprocessing' | 'preprocessingReason'>;

/** The side in pixels with which most encoders were trained. */
const usualSide = 224;
/** torchvision's crop, as a part of the shorter side. */
const usualCrop = 0.875;
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/**
 * The preprocessing that the files beside a model say, with ImageNet's usual one for what they do
 * not.
 */
export function assumedPreprocessing(input: EncoderInput, hints: EncoderHints): Assumed {
  const assumed = usualPreprocessing(input, hints.preprocessing ?? {});
  const plan = { ...assumed, ...hints.preprocessing };
  // A size that the model itself fixes comes before what a file beside it says.
  const preprocessing = {
    ...plan,
    width: input.width ?? plan.width,
    height: input.height ?? plan.height,
    resize: Math.max(plan.resize, plan.mode === 'crop' ? shorter(input, plan) : 0),
  };
  return { preprocessing, preprocessingReason: reason(input, hints) };
}

function shorter(input: EncoderInput, { width, height }: Preprocessing): number {
  return Math.min(input.width ?? width, input.height ?? height);
}

function usualPreprocessing(input: EncoderInput, known: PreprocessingChanges): Preprocessing {
  const width = input.width ?? known.width ?? usualSide;
  const height = input.height ?? known.height ?? usualSide;
  const isBytes = input.type === 'uint8';
  return {
    mode: 'crop',
    resize: Math.round(Math.min(width, height) / usualCrop),
    width,
    height,
    kernel: 'linear',
    channels: 'rgb',
    scale: isBytes ? 1 : 1 / 255,
    mean: isBytes ? [0, 0, 0] : [...imageNet.mean],
    std: isBytes ? [1, 1, 1] : [...imageNet.std],
  };
}

function reason(input: EncoderInput, { preprocessing, source }: EncoderHints): string {
  if (preprocessing !== null) return `Read from ${source} beside the model.`;
  if (input.type === 'uint8') {
    return 'The model takes bytes, so it scales them itself. No file says the resize: torchvision’s usual one is assumed.';
  }
  return 'No file beside the model says it: ImageNet’s mean and deviation and torchvision’s usual crop are assumed. Check them against how the model was trained.';
}
