import { z } from 'zod';

export const resizeMode = z.enum(['crop', 'stretch', 'pad']);
export type ResizeMode = z.infer<typeof resizeMode>;

/** How each mode brings a picture to the encoder's size, in words. */
export const resizeModes: Readonly<Record<ResizeMode, string>> = {
  crop: 'The shorter side is brought to the resize side, then the middle is cut out.',
  stretch:
    'The whole picture is stretched to the resize side, whatever its shape, then the middle is cut out.',
  pad: 'The whole picture is fitted in, and the rest is filled with grey.',
};

export const resizeKernel = z.enum(['nearest', 'linear', 'cubic', 'lanczos3']);
const side = z.number().int().min(8).max(2048);
const three = z.tuple([z.number(), z.number(), z.number()]);

/** How a picture becomes what an encoder takes; sides in pixels. */
export const preprocessing = z.object({
  mode: resizeMode,
  /** What the shorter side is brought to before the cut; a picture that is padded is not cut. */
  resize: side,
  width: side,
  height: side,
  kernel: resizeKernel,
  channels: z.enum(['rgb', 'bgr']),
  /** What bytes of 0 to 255 are multiplied by, before the mean is taken off and the rest divided by std. */
  scale: z.number().positive(),
  /** By channel, red, green, blue. */
  mean: three,
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
});
export type Preprocessing = z.infer<typeof preprocessing>;

/** A part of a preprocessing, in place of what was found. */
export const preprocessingChanges = preprocessing.partial();
export type PreprocessingChanges = z.infer<typeof preprocessingChanges>;

/** What the darkest and the lightest byte of a channel become. */
export function valueRange(
  { scale, mean, std }: Preprocessing,
  channel: 0 | 1 | 2,
): [number, number] {
  const valueOf = (byte: number): number => (byte * scale - mean[channel]) / std[channel];
  return [valueOf(0), valueOf(255)];
}
