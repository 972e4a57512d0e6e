import { z } from 'zod';

export const resizeMode = z.enum(['crop', 'stretch', 'pad']);
type ResizeMode = z.infer<typeof resizeMode>;

/** How each mode resizes a picture to the encoder's size, in words. */
export const resizeModes: Readonly<Record<ResizeMode, string>> = {
  crop: 'The shorter side is brought to the resize side, then the middle is cut out.',
  stretch:
    'The whole picture is stretched to the resize side, whatever its shape, then the middle is cut out.',
  pad: 'The whole picture is fitted in, and the rest is filled with grey.',
};

export const resizeKernel = z.enum(['nearest', 'linear', 'cubic', 'lanczos3']);
const side = z.number().int().min(8).max(2048);
const three = z.tuple([z.number(), z.number(), z.number()]);

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
