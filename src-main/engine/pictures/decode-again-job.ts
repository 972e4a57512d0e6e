import type { z } from 'zod';
import type { Decoding, decodeAgainResult } from '../../contract/decoding.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { libraryDecoding, saveDecoding } from '../store/library-decoding.ts';
import { NewThumbnails } from '../store/new-thumbnails.ts';
import { clearPictures } from '../store/samples.ts';
import { decodeKnown } from './decode-known.ts';
import { decodingThreads } from './decoding-threads.ts';

/**
 * Changes how the library's pictures are decoded. Where the background changes, the pictures that may
 * be transparent get new thumbnails; everything changes at the end, at once. Embeddings stay under the
 * decoding that made them.
 */
export const runDecodeAgainJob: JobRunner<'decodeAgain'> = async (context, wanted) => {
  const { library } = context;
  const before = libraryDecoding(library);
  const decoding: Decoding = {
    background: wanted.background ?? before.background,
    enlarging: wanted.align ? 'aligned' : before.enlarging,
  };
  const counts =
    decoding.background === before.background
      ? { thumbnails: 0, missing: 0 }
      : await renewThumbnails(context, decoding);
  if (counts.thumbnails === 0) saveDecoding(library, decoding);
  context.report({ progress: 1, message: `${counts.thumbnails} thumbnails made again` });
  return { decoding, ...counts };
};

async function renewThumbnails(
  context: JobContext,
  decoding: Decoding,
): Promise<Omit<z.infer<typeof decodeAgainResult>, 'decoding'>> {
  const { library, signal } = context;
  const pictures = clearPictures(library);
  if (pictures.length === 0) return { thumbnails: 0, missing: 0 };
  const renewed = new NewThumbnails(library);
  let [thumbnails, done] = [0, 0];
  try {
    await decodeKnown(library, pictures, {
      ...{ background: decoding.background, threads: decodingThreads(), signal },
      onPicture: (id, thumbnail) => {
        done++;
        if (thumbnail !== null) {
          renewed.add(id, thumbnail);
          thumbnails++;
        }
        context.report({
          progress: done / pictures.length,
          message: `Thumbnails: ${done} of ${pictures.length}`,
        });
      },
    });
    library.write(() => {
      renewed.replace();
      saveDecoding(library, decoding);
    });
  } finally {
    renewed.dispose();
  }
  return { thumbnails, missing: pictures.length - thumbnails };
}
