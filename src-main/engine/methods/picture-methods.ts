import { EngineError } from '../../contract/errors/errors.ts';
import { renderPicture } from '../pictures/render-picture.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { readDetails } from '../store/picture-details.ts';
import { readThumbnail } from '../store/thumbnails.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on pictures. */
export function pictureMethods(libraries: OpenLibraries): MethodsOf<'pictures'> {
  return {
    'pictures.details': ({ hash }) => readDetails(libraries.opened().library, hash),
    'pictures.thumbnail': ({ hash }) => {
      const image = readThumbnail(libraries.opened().library, hash);
      if (image !== null) return new Uint8Array(image);
      throw new EngineError('not-found', `The library has no picture ${hash.slice(0, 12)}.`);
    },
    'pictures.image': async ({ hash, size }) =>
      new Uint8Array(await renderPicture(libraries.opened().library, hash, size)),
  };
}
