import { encodeUnchanged } from './encode-unchanged.ts';

/**
 * A picture as training sees it: size x size RGB bytes, cover-cropped, from a file that must still
 * have the given content.
 * @throws PictureError
 */
export async function decodeFile(path: string, hash: string, size: number): Promise<Uint8Array> {
  return await encodeUnchanged(path, hash, (image) =>
    image.resize(size, size, { fit: 'cover' }).removeAlpha().raw({ depth: 'uchar' }),
  );
}
