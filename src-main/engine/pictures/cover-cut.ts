import type { Sharp } from 'sharp';
import type { Decoding } from '../../contract/decoding.ts';
import type { Preprocessing } from '../../contract/preprocessing.ts';
import { isEnlarged, resizeExactly } from './resize-exactly.ts';

interface Sides {
  readonly width: number;
  readonly height: number;
}

interface CoverPlan extends Sides {
  readonly kernel: Preprocessing['kernel'];
  readonly enlarging: Decoding['enlarging'];
}

/** The middle of a picture that is scaled until it covers width x height. */
export async function coverCut(
  image: Sharp,
  picture: Sides,
  { width, height, kernel, enlarging }: CoverPlan,
): Promise<Sharp> {
  const scale = Math.max(width / picture.width, height / picture.height);
  const whole = {
    width: Math.max(width, Math.round(picture.width * scale)),
    height: Math.max(height, Math.round(picture.height * scale)),
  };
  if (enlarging === 'shifted' || !isEnlarged(picture, whole)) {
    return image.resize(width, height, { fit: 'cover', kernel });
  }
  // An odd pixel is cut off at the left and the top, where sharp does it.
  const [left, top] = [(whole.width - width + 1) >> 1, (whole.height - height + 1) >> 1];
  return await resizeExactly(image, whole, { left, top, width, height }, kernel);
}
