import type { Decoding } from '../../contract/decoding.ts';
import { encodeUnchanged } from './encode-unchanged.ts';
import { sourceSides } from './source-picture.ts';
import type { SourcePicture } from './source-picture.ts';

/**
 * Decodes a picture from which views are cropped: uncropped, its shorter side at most `side` pixels.
 * The file must still have the given content hash.
 * @throws PictureError
 */
export async function decodeSource(
  path: string,
  hash: string,
  side: number,
  { background }: Decoding,
): Promise<SourcePicture> {
  let sides = { width: 0, height: 0 };
  const rgb = await encodeUnchanged(path, hash, background, (image, picture) => {
    sides = sourceSides(picture, side);
    const { width, height } = sides;
    const isShrunk = width !== picture.width || height !== picture.height;
    const resized = isShrunk
      ? image.resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
      : image;
    return resized.removeAlpha().raw({ depth: 'uchar' });
  });
  return { ...sides, rgb };
}
