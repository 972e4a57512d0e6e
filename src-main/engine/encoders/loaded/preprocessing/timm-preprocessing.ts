import { z } from 'zod';
import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import { absentSentence } from './absent-sentence.ts';
import { ConfigKeys } from './config-keys.ts';
import { fittedToModel } from './fitted-to-model.ts';
import type { FixedSides, FoundPreprocessing } from './found-preprocessing.ts';
import { kernelsByName } from './kernels-by-name.ts';
import { usualColours } from './usual-colours.ts';
import { withFill } from './with-fill.ts';

type Json = Readonly<Record<string, unknown>>;

/** timm's DEFAULT_CROP_PCT. */
const usualShare = 0.875;
const black = [0, 0, 0] as const;
const inputSize = z.tuple([z.number(), z.number().int().min(8), z.number().int().min(8)]);
type InputSize = z.infer<typeof inputSize>;

/** Keys that say nothing of how a picture becomes the input. */
const ignored = [
  /^(url|file|hf_hub_\w+|custom_load|source|architecture|tag|num_classes|num_features|labels?\w*)$/,
  /^(global_pool|pool_size|first_conv|classifier|license|origin_url|paper_\w+|notes|model_args)$/,
  /^(fixed_input_size|min_input_size|test_(input_size|crop_pct|crop_mode)|in_chans|state_dict)$/,
  /^(model_type|torch_dtype|dtype|transformers_version|do_pooling|initializer_range|cfg)$/,
];

/** The settings of timm in a model's config.json, of any age; null where there are none. */
export function timmSettings(config: Json): Json | null {
  // Since 2023 nested as pretrained_cfg, some time before as default_cfg, at first among the other keys.
  for (const key of ['pretrained_cfg', 'default_cfg']) {
    const nested = config[key];
    if (typeof nested === 'object' && nested !== null) return nested as Json;
  }
  const isFlat =
    typeof config['architecture'] === 'string' &&
    ['input_size', 'crop_pct', 'interpolation', 'mean'].some((key) => config[key] !== undefined);
  return isFlat ? config : null;
}

/**
 * The preprocessing in timm's settings, as timm's evaluation transform does it.
 * @param isWrapped whether Transformers' wrapper of timm is used, which takes the size for tests
 */
export function timmPreprocessing(
  settings: Json,
  isWrapped: boolean,
  fixed: FixedSides,
): FoundPreprocessing {
  const file = 'config.json (timm)';
  const keys = new ConfigKeys(settings);
  const { size, isForTests } = sizeOf(settings, isWrapped, fixed);
  keys.skip('input_size');
  const [, height, width] = size ?? [3, 224, 224];
  const share = (isForTests ? keys.factor('test_crop_pct') : undefined) ?? keys.factor('crop_pct');
  const mode = (isForTests ? keys.text('test_crop_mode') : undefined) ?? keys.text('crop_mode');
  const interpolation = keys.text('interpolation');
  const mean = keys.three('mean');
  const std = keys.positiveThree('std');
  const plan: Preprocessing = {
    ...resizeOf(mode ?? 'center', { width, height }, share ?? usualShare),
    oddMargin: 'even',
    kernel: kernelOf(interpolation, mode, { width, height }),
    channels: 'rgb',
    scale: 1 / 255,
    ...coloursOf(mean, std),
  };
  const fitted = fittedToModel(
    withFill(plan, mode === 'border' ? bytesOf(plan.mean) : black),
    fixed,
    file,
  );
  const testsSentence = `Of its two sizes the one for tests is taken, ${width} x ${height}${isWrapped ? ', as Transformers does' : ', because the model takes it'}.`;
  return {
    preprocessing: fitted.preprocessing,
    reason: `Read from ${file} beside the model, by the rules of timm’s evaluation transform.`,
    assumptions: [
      absentSentence({ input_size: size, crop_pct: share, interpolation, mean, std }, file, 'timm'),
      ...unknownNames(interpolation, mode),
      isForTests ? testsSentence : '',
      keys.leftSentence(ignored, file),
      ...fitted.assumptions,
    ].filter(Boolean),
  };
}

function coloursOf(
  mean: Preprocessing['mean'] | undefined,
  std: Preprocessing['std'] | undefined,
): Pick<Preprocessing, 'mean' | 'std'> {
  const usual = usualColours.imageNet;
  return { mean: mean ?? [...usual.mean], std: std ?? [...usual.std] };
}

function unknownNames(interpolation: string | undefined, mode: string | undefined): string[] {
  const isKernel = interpolation === undefined || kernelsByName[interpolation] !== undefined;
  const isMode = mode === undefined || ['center', 'squash', 'border'].includes(mode);
  return [
    ...(isKernel ? [] : [`Its interpolation ${interpolation} is not there; linear is taken.`]),
    ...(isMode ? [] : [`Its crop_mode ${mode} is not known; center is taken.`]),
  ];
}

/** The size for training, or that for tests where the model fixes it or the wrapper takes it. */
function sizeOf(
  settings: Json,
  isWrapped: boolean,
  { width, height }: FixedSides,
): { size: InputSize | undefined; isForTests: boolean } {
  const trained = inputSize.safeParse(settings['input_size']).data;
  const tested = inputSize.safeParse(settings['test_input_size']).data;
  const isFixed = tested && width === tested[2] && height === tested[1];
  const isForTests =
    tested !== undefined &&
    (isFixed === true || (isWrapped && width === null)) &&
    JSON.stringify(tested) !== JSON.stringify(trained);
  return { size: isForTests ? tested : trained, isForTests };
}

function resizeOf(
  mode: string,
  size: { width: number; height: number },
  share: number,
): Pick<Preprocessing, 'mode' | 'resize' | 'width' | 'height'> {
  const plan = { ...size, resize: Math.floor(Math.min(size.width, size.height) / share) };
  if (mode === 'squash') return { ...plan, mode: 'stretch' };
  if (mode === 'border') return { ...plan, mode: 'longest' };
  return { ...plan, mode: size.width === size.height ? 'crop' : 'outside' };
}

/** The colour that timm fills a border with. */
function bytesOf([red, green, blue]: Preprocessing['mean']): [number, number, number] {
  const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(255 * value)));
  return [byte(red), byte(green), byte(blue)];
}

function kernelOf(
  interpolation: string | undefined,
  mode: string | undefined,
  { width, height }: { width: number; height: number },
): Preprocessing['kernel'] {
  // timm does not hand the interpolation on where it covers a size that is no square.
  if ((mode ?? 'center') === 'center' && width !== height) return 'linear';
  return kernelsByName[interpolation ?? 'bicubic'] ?? 'linear';
}
