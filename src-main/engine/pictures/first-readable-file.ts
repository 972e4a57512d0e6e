import { filesOfSample } from '../store/files.ts';
import type { Library } from '../store/library-file.ts';
import { sampleIdByHash } from '../store/samples.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { PictureError } from './picture-error.ts';

/**
 * The result of `read` for the first file of a picture that can be read. Files are found by content
 * hash, and `read` must check the content, so that only pictures of the library are served.
 * @throws EngineError not-found
 */
export async function firstReadableFile<T>(
  library: Library,
  hash: string,
  read: (path: string) => Promise<T>,
): Promise<T> {
  const sampleId = sampleIdByHash(library, hash);
  const files = sampleId === null ? [] : filesOfSample(library, sampleId);
  let reason = 'It is not in the library.';
  for (const file of files) {
    try {
      return await read(file);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      reason = `${file}: ${error.message}`;
    }
  }
  throw new EngineError('not-found', `The picture ${hash.slice(0, 12)} cannot be shown. ${reason}`);
}
