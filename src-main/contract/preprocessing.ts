import { z } from 'zod';

export const resizeMode = z.enum([
  'crop',
  'stretch',
  'pad',
  'longest',
  'outside',
  'keep',
  'cut',
  'cover',
]);
type ResizeMode = z.infer<typeof resizeMode>;

/** How each mode resizes a picture to the encoder's size, in words. */
export const resizeModes: Readonly<Record<ResizeMode, string>> = {
  crop: 'The shorter side is brought to the resize side, then the middle is cut out.',
  stretch:
    'The whole picture is stretched to the resize side, whatever its shape, then the middle is cut out.',
  pad: 'The whole picture is fitted in, and the rest is filled with grey.',
  longest:
    'The whole picture is fitted into the resize side, then the middle is cut out, or the rest filled.',
  outside:
    'The picture is made to cover width and height, scaled to the resize side, then the middle is cut out.',
  keep: 'The picture keeps its size; the middle is cut out, or the rest filled.',
  cut: 'The middle is cut out first, as large a part of the shorter side as the width is of the resize side, then resized.',
  cover:
    'The picture is made to cover width and height in one step with the cut, as for encoders that are trained here.',
};

export const oddMargin = z.enum(['down', 'even']);

/** Where the odd pixel goes if the margins around the middle are not equal, in words. */
export const oddMargins: Readonly<Record<z.infer<typeof oddMargin>, string>> = {
  down: 'to the right and the bottom, as in Transformers',
  even: 'to the side that leaves an even number of pixels before the cut, as in torchvision, timm and open_clip',
};

export const resizeKernel = z.enum(['nearest', 'linear', 'cubic', 'lanczos3']);
const side = z.number().int().min(8).max(2048);
const three = z.tuple([z.number(), z.number(), z.number()]);
const byte = z.number().int().min(0).max(255);

/** How a picture becomes the input of an encoder; sides are in pixels. */
export const preprocessing = z.object({
  mode: resizeMode,
  /** The length to which the shorter side is resized before the crop; a padded picture is not cropped. */
  resize: side,
  width: side,
  height: side,
  kernel: resizeKernel,
  channels: z.enum(['rgb', 'bgr']),
  /** The factor for bytes of 0 to 255, before the mean is subtracted and the result divided by std. */
  scale: z.number().positive(),
  /** By channel: red, green, blue. */
  mean: three,
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  /** Absent: down. */
  oddMargin: oddMargin.optional(),
  /**
   * Red, green and blue of what is outside the picture. Absent or null: grey, and a crop is never
   * larger than the resized picture.
   */
  fill: z.tuple([byte, byte, byte]).nullable().optional(),
});
export type Preprocessing = z.infer<typeof preprocessing>;

/** Parts of a preprocessing that replace those that were found. */
export const preprocessingChanges = preprocessing.partial();
export type PreprocessingChanges = z.infer<typeof preprocessingChanges>;

/** The values of the darkest and the lightest byte of a channel. */
export function valueRange(
  { scale, mean, std }: Preprocessing,
  channel: 0 | 1 | 2,
): [number, number] {
  const valueOf = (byte: number): number => (byte * scale - mean[channel]) / std[channel];
  return [valueOf(0), valueOf(255)];
}
