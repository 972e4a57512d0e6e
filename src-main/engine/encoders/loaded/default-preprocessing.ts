import type { EncoderDescription, EncoderInput } from '../../../contract/loaded-encoders.ts';
import type { Preprocessing, PreprocessingChanges } from '../../../contract/preprocessing.ts';

/** What the files beside a model state about it. */
export interface EncoderHints {
  /** Empty where nothing names it. */
  readonly family: string;
  /** Null where no file states the preprocessing. */
  readonly preprocessing: PreprocessingChanges | null;
  /** The name of that file. */
  readonly source: string;
  readonly notes: readonly string[];
}

type Assumed = Pick<EncoderDescription, 'preprocessing' | 'preprocessingReason'>;

/** What most encoders were trained with. */
const usualSide = 224;
/** torchvision's: the crop is 0.875 of the shorter side. */
const usualCrop = 0.875;
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** The preprocessing by the files beside a model or, without any, ImageNet's usual one. */
export function assumedPreprocessing(input: EncoderInput, hints: EncoderHints): Assumed {
  const assumed = usualPreprocessing(input, hints.preprocessing ?? {});
  const plan = { ...assumed, ...hints.preprocessing };
  // What the file fixes comes before what another file says.
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
    return 'The model takes bytes, so it scales them itself. Nothing tells the resize: torchvision’s usual one is assumed.';
  }
  return 'Nothing beside the model tells it: ImageNet’s mean and deviation and torchvision’s usual crop are assumed. Check them against how the model was trained.';
}
