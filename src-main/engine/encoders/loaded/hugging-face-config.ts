import { z } from 'zod';
import type { PreprocessingChanges } from '../../../contract/preprocessing.ts';

const side = z.number().int().min(8).max(2048);
const three = z.tuple([z.number(), z.number(), z.number()]);
const size = z.union([
  side,
  z.object({ shortest_edge: side.optional(), height: side.optional(), width: side.optional() }),
]);

/**
 * The fields of preprocessor_config.json that resize, crop or scale; old files have sizes as one
 * number.
 */
const imageProcessor = z.object({
  do_resize: z.boolean().optional(),
  size: size.optional(),
  resample: z.number().optional(),
  do_center_crop: z.boolean().nullish(),
  crop_size: size.nullish(),
  crop_pct: z.number().positive().nullish(),
  do_rescale: z.boolean().optional(),
  rescale_factor: z.number().positive().optional(),
  do_normalize: z.boolean().optional(),
  image_mean: three.optional(),
  image_std: three.optional(),
});
type ImageProcessor = z.infer<typeof imageProcessor>;

/** The same fields in timm's config.json, under other names. */
const timmConfig = z.object({
  input_size: z.tuple([z.number(), side, side]).optional(),
  crop_pct: z.number().positive().optional(),
  crop_mode: z.string().optional(),
  interpolation: z.string().optional(),
  mean: three.optional(),
  std: three.optional(),
});

/** Pillow's numbers of its resampling filters. */
const kernels = ['nearest', 'lanczos3', 'linear', 'cubic'] as const;
/** For a smaller side than this ConvNeXt resizes and crops; from it on it stretches. */
const convNextLimit = 384;

/** The preprocessing of an image processor's settings; null if the JSON is none. */
export function huggingFacePreprocessing(json: unknown): PreprocessingChanges | null {
  const parsed = imageProcessor.safeParse(json);
  if (!parsed.success) return null;
  const { resample, image_mean: mean, image_std: std, ...config } = parsed.data;
  const kernel = kernels[resample ?? -1];
  const normalises = config.do_normalize !== false;
  return {
    ...resizeOf(config),
    ...(kernel && { kernel }),
    scale: config.do_rescale === false ? 1 : (config.rescale_factor ?? 1 / 255),
    ...(!normalises && { mean: [0, 0, 0] as const, std: [1, 1, 1] as const }),
    ...(normalises && mean && { mean }),
    ...(normalises && std && { std }),
  };
}

function resizeOf(config: ImageProcessor): PreprocessingChanges {
  const wanted = sidesOf(config.size);
  if (!wanted) return {};
  // A size of one number in old files: ViT stretches to it, CLIP resizes the shorter side to it and crops.
  const isShortest =
    typeof config.size === 'number'
      ? config.do_center_crop === true
      : config.size?.shortest_edge !== undefined;
  if (config.crop_pct && isShortest) return convNextResize(wanted.width, config.crop_pct);
  if (typeof config.size !== 'number' && isShortest && config.do_center_crop === undefined) {
    return convNextResize(wanted.width, 1);
  }
  const cut = config.do_center_crop ? (sidesOf(config.crop_size) ?? wanted) : wanted;
  return {
    mode: isShortest ? 'crop' : 'stretch',
    resize: Math.min(wanted.width, wanted.height),
    ...cut,
  };
}

function convNextResize(edge: number, cropShare: number): PreprocessingChanges {
  const isStretched = edge >= convNextLimit;
  return {
    mode: isStretched ? 'stretch' : 'crop',
    resize: isStretched ? edge : Math.floor(edge / cropShare),
    width: edge,
    height: edge,
  };
}

function sidesOf(
  value: z.infer<typeof size> | null | undefined,
): { width: number; height: number } | null {
  if (typeof value === 'number') return { width: value, height: value };
  const width = value?.width ?? value?.shortest_edge;
  const height = value?.height ?? value?.shortest_edge;
  return width === undefined || height === undefined ? null : { width, height };
}

/** The preprocessing in a timm model's pretrained_cfg; null if the JSON is none. */
export function timmPreprocessing(json: unknown): PreprocessingChanges | null {
  const parsed = timmConfig.safeParse(json);
  if (!parsed.success) return null;
  const { input_size: input, crop_pct: share = 0.875, crop_mode: mode, ...rest } = parsed.data;
  const { interpolation, mean, std } = rest;
  const kernel = { bicubic: 'cubic', bilinear: 'linear', nearest: 'nearest' }[interpolation ?? ''];
  return {
    ...(input && {
      mode: mode === 'squash' ? 'stretch' : 'crop',
      height: input[1],
      width: input[2],
      resize: Math.floor(Math.min(input[1], input[2]) / share),
    }),
    ...(kernel && { kernel }),
    ...(mean && { mean }),
    ...(std && { std }),
  } as PreprocessingChanges;
}
