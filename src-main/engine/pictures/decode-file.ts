import type { Sharp } from 'sharp';
import type { Preprocessing } from '../../contract/preprocessing.ts';
import { encodeUnchanged } from './encode-unchanged.ts';

/**
 * Decodes a picture for training: RGB bytes [size, size, 3], cropped to a square. The file must still
 * have the given content hash.
 * @throws PictureError
 */
export async function decodeFile(path: string, hash: string, size: number): Promise<Uint8Array> {
  return await encodeUnchanged(path, hash, (image) =>
    coverCut(image, size, size, 'lanczos3').removeAlpha().raw({ depth: 'uchar' }),
  );
}

/** The middle of a picture that is scaled until it covers width x height. */
export function coverCut(
  image: Sharp,
  width: number,
  height: number,
  kernel: Preprocessing['kernel'],
): Sharp {
  return image.resize(width, height, { fit: 'cover', kernel });
}
