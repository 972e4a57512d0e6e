import type { Library } from '../store/library-file.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import { encodeUnchanged } from './encode-unchanged.ts';
import { firstReadableFile } from './first-readable-file.ts';

/**
 * Decodes a picture from its file and encodes it as WebP with a longest side of at most `size` pixels.
 * @throws EngineError not-found
 */
export async function renderPicture(
  library: Library,
  hash: string,
  size: number,
): Promise<Uint8Array> {
  const { background } = libraryDecoding(library);
  return await firstReadableFile(library, hash, (path) =>
    encodeUnchanged(path, hash, background, (image) =>
      image.resize(size, size, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 85 }),
    ),
  );
}
