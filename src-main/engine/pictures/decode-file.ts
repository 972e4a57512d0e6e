import { encodeUnchanged } from './encode-unchanged.ts';

/**
 * Decodes a picture for training: RGB bytes [size, size, 3], cropped to a square. The file must still
 * have the given content hash.
 * @throws PictureError
 */
export async function decodeFile(path: string, hash: string, size: number): Promise<Uint8Array> {
  return await encodeUnchanged(path, hash, (image) =>
    image.resize(size, size, { fit: 'cover' }).removeAlpha().raw({ depth: 'uchar' }),
  );
}
