import { EngineError } from '../../contract/errors.ts';
import { filesOfSample } from '../store/files.ts';
import type { Library } from '../store/library-file.ts';
import { sampleIdByHash } from '../store/samples.ts';
import { decodeError, openPicture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';
import { readPicture } from './read-picture.ts';

/**
 * A picture decoded from its file as WebP, longest side at most `size` pixels. Files are found by
 * content hash, and their content is checked, so nothing but a picture of the library is served.
 * @throws EngineError not-found
 */
export async function renderPicture(
  library: Library,
  hash: string,
  size: number,
): Promise<Uint8Array> {
  const sampleId = sampleIdByHash(library, hash);
  const files = sampleId === null ? [] : filesOfSample(library, sampleId);
  let reason = 'It is not in the library.';
  for (const file of files) {
    try {
      return await renderFile(file, hash, size);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      reason = `${file}: ${error.message}`;
    }
  }
  throw new EngineError('not-found', `The picture ${hash.slice(0, 12)} cannot be shown. ${reason}`);
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
