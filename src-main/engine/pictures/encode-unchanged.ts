import type { Sharp } from 'sharp';
import type { Background } from '../../contract/decoding.ts';
import { decodeError, openPicture, type OpenedPicture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';
import { readPicture } from './read-picture.ts';

/**
 * The bytes that `pipeline` makes of a picture. The file must still have the given content hash.
 * @throws PictureError
 */
export async function encodeUnchanged(
  path: string,
  hash: string,
  background: Background,
  pipeline: (image: Sharp, picture: OpenedPicture) => Sharp | Promise<Sharp>,
): Promise<Uint8Array> {
  const read = await readPicture(path);
  if (read.hash !== hash) {
    throw new PictureError('vanished', 'Has changed since the folder was scanned; scan it again.');
  }
  const picture = await openPicture(path, read.bytes, background);
  try {
    return await (await pipeline(picture.image(), picture)).toBuffer();
  } catch (error) {
    throw decodeError(error);
  }
}
