import { decodeError, openPicture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';
import { readPicture } from './read-picture.ts';

/**
 * A picture as training sees it: size x size RGB bytes, cover-cropped, from a file that must still
 * have the given content.
 * @throws PictureError
 */
export async function decodeFile(path: string, hash: string, size: number): Promise<Uint8Array> {
  const read = await readPicture(path);
  if (read.hash !== hash) {
    throw new PictureError('vanished', 'Has changed since the folder was scanned; scan it again.');
  }
  const { image } = await openPicture(path, read.bytes);
  try {
    return await image
      .resize(size, size, { fit: 'cover' })
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch (error) {
    throw decodeError(error);
  }
}
