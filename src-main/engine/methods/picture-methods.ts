import { EngineError } from '../../contract/errors/errors.ts';
import type { EngineEvents } from '../session/engine-events.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { leaveOutOfTraining, leftOutHashes } from '../store/left-out.ts';
import { readDetails } from '../store/picture-details.ts';
import { picturesByTag, tagPictures } from '../store/picture-tags.ts';
import { readThumbnail } from '../store/thumbnails.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on pictures. */
export function pictureMethods(
  libraries: OpenLibraries,
  events: EngineEvents,
): MethodsOf<'pictures'> {
  return {
    'pictures.details': ({ hash }) => readDetails(libraries.opened().library, hash),
    'pictures.thumbnail': ({ hash }) => {
      const image = readThumbnail(libraries.opened().library, hash);
      if (image !== null) return new Uint8Array(image);
      throw new EngineError('not-found', `The library has no picture ${hash.slice(0, 12)}.`);
    },
    // What decodes pictures is loaded only when it is needed.
    'pictures.image': async ({ hash, size }) => {
      const { renderPicture } = await import('../pictures/render-picture.ts');
      return new Uint8Array(await renderPicture(libraries.opened().library, hash, size));
    },
    'pictures.marks': () => {
      const { library } = libraries.opened();
      const tags = [...picturesByTag(library)].map(([tag, hashes]) => ({ tag, hashes }));
      return { tags, leftOut: leftOutHashes(library) };
    },
    'pictures.tag': ({ hashes, tag, isTagged }) => {
      const changed = tagPictures(libraries.writable().library, hashes, tag, isTagged);
      events.emit('marks', {});
      return { changed };
    },
    'pictures.leaveOut': ({ hashes, isLeftOut }) => {
      const changed = leaveOutOfTraining(libraries.writable().library, hashes, isLeftOut);
      events.emit('marks', {});
      return { changed };
    },
  };
}
