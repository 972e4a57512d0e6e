import { libraryDecoding } from '../store/library-decoding.ts';
import type { Library } from '../store/library-file.ts';
import { markSeen, saveRemarks, unseenPictures } from '../store/picture-remarks.ts';
import { decodeKnown } from './decode-known.ts';

/** The thumbnail of a picture of one colour takes fewer bytes than this. */
const plainThumbnailBytes = 1000;

/**
 * Looks which pictures show nothing, of those that came into the library before this was noted. Only
 * those with very small thumbnails are read.
 * @throws EngineError cancelled
 */
export async function lookForBlank(library: Library, signal: AbortSignal): Promise<void> {
  markSeen(library, plainThumbnailBytes);
  const pictures = unseenPictures(library);
  const { background } = libraryDecoding(library);
  await decodeKnown(library, pictures, {
    ...{ background, threads: 1, signal },
    onPicture: (id, thumbnail) => {
      if (thumbnail !== null) saveRemarks(library, id, thumbnail);
    },
  });
}
