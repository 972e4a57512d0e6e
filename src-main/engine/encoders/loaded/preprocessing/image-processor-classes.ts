import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import type { usualColours } from './usual-colours.ts';

/** How an image processor of Transformers behaves where its file has no value. */
export interface ImageProcessorClass {
  /** Its folder among Transformers' models; the file there is named image_processing_… */
  readonly source: string;
  /**
   * Its default `size`. It also says what a size of one number means: a square, or the shorter side.
   */
  readonly size: { readonly square: number } | { readonly shortest: number };
  /** Its default `resample`. */
  readonly kernel: Preprocessing['kernel'];
  /** Its default `crop_size`, a square; null where it never crops. */
  readonly crop: number | null;
  /** Its default `do_center_crop`. */
  readonly crops: boolean;
  /** Its default `image_mean` and `image_std`; `none` where it does not normalise by itself. */
  readonly colours: keyof typeof usualColours;
  /** What `size` means where that is unusual. */
  readonly rule?: 'convnext' | 'levit' | 'perceiver';
  /** Its default `crop_pct`; absent where it has no such key. */
  readonly cropShare?: number;
  /** Its default `do_flip_channel_order`. */
  readonly flips?: boolean;
  /** Whether it takes EfficientNet's `rescale_offset` and `include_top`; the latter is true by default. */
  readonly rescalesTwice?: boolean;
  /** Keys of its own that change nothing in the pictures, as a pattern. */
  readonly ignores?: RegExp;
  /** Where its fast variant has other defaults. */
  readonly fast?: Partial<ImageProcessorClass>;
  /** What it does that is not done here, as the end of a sentence. */
  readonly inexact?: string;
}

const never = { crop: null, crops: false } as const;
const cut224 = { crop: 224, crops: true } as const;
const labels = /^(do_)?reduce_labels$/;
const ocr = /^(apply_ocr|ocr_lang|tesseract_config)$/;

/** The class of CLIP and, with its mean, of BiT; many others have the same defaults. */
const clip = {
  size: { shortest: 224 },
  kernel: 'cubic',
  ...cut224,
  colours: 'clip',
} as const;

/**
 * The image processors of Transformers for classification, self-supervised and two-tower models, by
 * their names without ImageProcessor, ImageProcessorFast or FeatureExtractor.
 */
export const imageProcessorClasses: Readonly<Record<string, ImageProcessorClass>> = {
  Beit: {
    ...{ source: 'beit', size: { square: 256 }, kernel: 'cubic', ...cut224, colours: 'half' },
    ...{ ignores: labels, fast: { size: { square: 224 }, crops: false } },
  },
  Bit: { source: 'bit', ...clip },
  Blip: { source: 'blip', size: { square: 384 }, kernel: 'cubic', ...never, colours: 'clip' },
  ChineseCLIP: { source: 'chinese_clip', ...clip },
  CLIP: { source: 'clip', ...clip },
  ConvNext: {
    ...{ source: 'convnext', size: { shortest: 384 }, kernel: 'cubic', ...never, colours: 'half' },
    ...{ rule: 'convnext', cropShare: 224 / 256, fast: { kernel: 'linear' } },
  },
  DINOv3ViT: {
    ...{ source: 'dinov3_vit', size: { square: 224 }, kernel: 'linear', ...never },
    ...{ colours: 'imageNet' },
  },
  DPT: {
    ...{ source: 'dpt', size: { square: 384 }, kernel: 'cubic', ...never, colours: 'half' },
    ...{ ignores: /^ensure_multiple_of$/ },
  },
  DeiT: { source: 'deit', size: { square: 256 }, kernel: 'cubic', ...cut224, colours: 'half' },
  EfficientFormer: {
    ...{ source: 'efficientformer', size: { square: 224 }, kernel: 'cubic', ...cut224 },
    ...{ colours: 'imageNet' },
  },
  EfficientNet: {
    ...{ source: 'efficientnet', size: { square: 346 }, kernel: 'nearest', crop: 289 },
    ...{ crops: false, colours: 'half', rescalesTwice: true, fast: { kernel: 'cubic' } },
  },
  Flava: {
    ...{ source: 'flava', size: { square: 224 }, kernel: 'cubic', ...cut224, colours: 'clip' },
    ...{ ignores: /^(codebook_|mask_group_|return_|input_size_patches|total_mask_patches)/ },
  },
  ImageGPT: {
    ...{ source: 'imagegpt', size: { square: 256 }, kernel: 'linear', ...never, colours: 'half' },
    ...{ inexact: 'replaces each pixel by the number of its nearest colour' },
  },
  LayoutLMv2: {
    ...{ source: 'layoutlmv2', size: { square: 224 }, kernel: 'linear', ...never },
    ...{ colours: 'none', flips: true, ignores: ocr },
  },
  LayoutLMv3: {
    ...{ source: 'layoutlmv3', size: { square: 224 }, kernel: 'linear', ...never },
    ...{ colours: 'half', ignores: ocr },
  },
  Levit: {
    ...{ source: 'levit', size: { shortest: 224 }, kernel: 'cubic', ...cut224 },
    ...{ colours: 'imageNet', rule: 'levit' },
  },
  MobileNetV1: {
    ...{ source: 'mobilenet_v1', size: { shortest: 256 }, kernel: 'linear', ...cut224 },
    ...{ colours: 'half' },
  },
  MobileNetV2: {
    ...{ source: 'mobilenet_v2', size: { shortest: 256 }, kernel: 'linear', ...cut224 },
    ...{ colours: 'half', ignores: labels },
  },
  MobileViT: {
    ...{ source: 'mobilevit', size: { shortest: 224 }, kernel: 'linear', crop: 256, crops: true },
    ...{ colours: 'none', flips: true, ignores: labels },
  },
  OwlViT: {
    ...{ source: 'owlvit', size: { square: 768 }, kernel: 'cubic', crop: 768, crops: false },
    ...{ colours: 'clip' },
  },
  Owlv2: {
    ...{ source: 'owlv2', size: { square: 960 }, kernel: 'linear', ...never, colours: 'clip' },
    ...{ inexact: 'fills the picture up to a square at its right and bottom first' },
  },
  Perceiver: {
    ...{ source: 'perceiver', size: { square: 224 }, kernel: 'cubic', crop: 256, crops: true },
    ...{ colours: 'imageNet', rule: 'perceiver' },
  },
  PoolFormer: {
    ...{ source: 'poolformer', size: { shortest: 224 }, kernel: 'cubic', ...cut224 },
    ...{ colours: 'imageNet', cropShare: 0.9 },
  },
  Pvt: {
    ...{ source: 'pvt', size: { square: 224 }, kernel: 'linear', ...never, colours: 'imageNet' },
    ...{ fast: { kernel: 'cubic' } },
  },
  Segformer: {
    ...{ source: 'segformer', size: { square: 512 }, kernel: 'linear', ...never },
    ...{ colours: 'imageNet', ignores: labels },
  },
  Siglip: { source: 'siglip', size: { square: 224 }, kernel: 'cubic', ...never, colours: 'half' },
  Siglip2: {
    ...{ source: 'siglip2', size: { square: 256 }, kernel: 'linear', ...never, colours: 'half' },
    ...{ inexact: 'keeps the picture’s shape and gives a row of patches instead of a picture' },
    ...{ ignores: /^(patch_size|max_num_patches)$/ },
  },
  TextNet: {
    ...{ source: 'textnet', size: { shortest: 640 }, kernel: 'linear', crop: 224, crops: false },
    ...{ colours: 'imageNet', ignores: /^size_divisor$/ },
    ...{ inexact: 'rounds both sides up to a multiple of 32' },
  },
  ViT: { source: 'vit', size: { square: 224 }, kernel: 'linear', ...never, colours: 'half' },
  ViTHybrid: { source: 'vit_hybrid', ...clip },
};
