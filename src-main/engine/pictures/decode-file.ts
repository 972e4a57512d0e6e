import type { Decoding } from '../../contract/decoding.ts';
import { encodeUnchanged } from './encode-unchanged.ts';
import { isEnlarged, resizeExactly } from './resize-exactly.ts';

/**
 * Decodes a picture for training: RGB bytes [size, size, 3], cropped to a square. The file must still
 * have the given content hash.
 * @throws PictureError
 */
export async function decodeFile(
  path: string,
  hash: string,
  size: number,
  { background, enlarging }: Decoding,
): Promise<Uint8Array> {
  return await encodeUnchanged(path, hash, background, async (image, picture) => {
    const scale = size / Math.min(picture.width, picture.height);
    const whole = {
      width: Math.max(size, Math.round(picture.width * scale)),
      height: Math.max(size, Math.round(picture.height * scale)),
    };
    if (enlarging === 'shifted' || !isEnlarged(picture, whole)) {
      return image.resize(size, size, { fit: 'cover' }).removeAlpha().raw({ depth: 'uchar' });
    }
    // An odd pixel is cut off at the left and the top, where sharp does it.
    const [left, top] = [(whole.width - size + 1) >> 1, (whole.height - size + 1) >> 1];
    const part = { left, top, width: size, height: size };
    return (await resizeExactly(image, whole, part, 'lanczos3')).raw({ depth: 'uchar' });
  });
}
