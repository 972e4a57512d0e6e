import { filesOfSample } from '../store/files.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import type { Library } from '../store/library-file.ts';
import { markSeen, saveRemarks, unseenPictures } from '../store/picture-remarks.ts';
import { DecodePool } from './decode-pool.ts';

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
  if (pictures.length === 0) return;
  const { background } = libraryDecoding(library);
  const pool = new DecodePool(library.file, 1);
  try {
    await pool.run(pictures, {
      taskOf: ({ id }) => ({
        ...{ kind: 'thumbnail', path: filesOfSample(library, id)[0] ?? '', background },
        isAgain: true,
      }),
      onAnswer: ({ id, hash }, answer) => {
        if (answer.kind === 'thumbnail' && answer.hash === hash) saveRemarks(library, id, answer);
      },
      signal,
    });
  } finally {
    await pool.close();
  }
}
