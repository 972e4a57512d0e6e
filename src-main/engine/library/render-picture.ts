import type { Library } from '../store/library-file.ts';
import { firstReadableFile } from './first-readable-file.ts';
import { decodeError, openPicture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';
import { readPicture } from './read-picture.ts';

/**
 * A picture decoded from its file as WebP, longest side at most `size` pixels.
 * @throws EngineError not-found
 */
export async function renderPicture(
  library: Library,
  hash: string,
  size: number,
): Promise<Uint8Array> {
  return await firstReadableFile(library, hash, (path) => renderFile(path, hash, size));
}

async function renderFile(path: string, hash: string, size: number): Promise<Uint8Array> {
  const read = await readPicture(path);
  if (read.hash !== hash) {
    throw new PictureError('vanished', 'Has changed since the folder was scanned; scan it again.');
  }
  const { image } = await openPicture(path, read.bytes);
  try {
    return await image
      .resize(size, size, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 85 })
      .toBuffer();
  } catch (error) {
    throw decodeError(error);
  }
}
