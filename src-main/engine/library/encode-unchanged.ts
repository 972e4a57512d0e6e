import type { Sharp } from 'sharp';
import { decodeError, openPicture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';
import { readPicture } from './read-picture.ts';

/**
 * What `pipeline` makes of a picture, as bytes, from a file that must still have the given content.
 * @throws PictureError
 */
export async function encodeUnchanged(
  path: string,
  hash: string,
  pipeline: (image: Sharp) => Sharp,
): Promise<Uint8Array> {
  const read = await readPicture(path);
  if (read.hash !== hash) {
    throw new PictureError('vanished', 'Has changed since the folder was scanned; scan it again.');
  }
  const { image } = await openPicture(path, read.bytes);
  try {
    return await pipeline(image).toBuffer();
  } catch (error) {
    throw decodeError(error);
  }
}
