import sharp, { type Sharp } from 'sharp';
import type { Preprocessing } from '../../contract/preprocessing.ts';
import { resizePixels, type ResizedPart } from './resize-pixels.ts';

interface Sides {
  readonly width: number;
  readonly height: number;
}

/** Whether a side grows, which libvips does half a pixel to the right and down. */
export function isEnlarged(from: Sides, to: Sides): boolean {
  return to.width > from.width || to.height > from.height;
}

/** A part of a decoded picture that is resized as Pillow does it, as RGB. */
export async function resizeExactly(
  image: Sharp,
  to: Sides,
  part: ResizedPart,
  kernel: Preprocessing['kernel'],
): Promise<Sharp> {
  const { data, info } = await image
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const rgb = resizePixels(data, info, { to, part, kernel });
  const { width, height } = part;
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}
