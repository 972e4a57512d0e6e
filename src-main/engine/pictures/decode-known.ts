import type { Background } from '../../contract/decoding.ts';
import { filesOfSample } from '../store/files.ts';
import type { Library } from '../store/library-file.ts';
import { DecodePool } from './decode-pool.ts';
import type { DecodeAnswer } from './decode-task.ts';

/** A picture that is in the library, by its id and content hash. */
interface KnownPicture {
  readonly id: number;
  readonly hash: string;
}

type Thumbnail = Extract<DecodeAnswer, { readonly kind: 'thumbnail' }>;

interface DecodeKnownOptions {
  readonly background: Background;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Called with each picture as decoded now; null where its file is gone or is another picture. */
  readonly onPicture: (id: number, thumbnail: Thumbnail | null) => void;
}

/**
 * Decodes pictures that are in the library once more.
 * @throws EngineError cancelled
 */
export async function decodeKnown(
  library: Library,
  pictures: readonly KnownPicture[],
  { background, threads, signal, onPicture }: DecodeKnownOptions,
): Promise<void> {
  if (pictures.length === 0) return;
  const pool = new DecodePool(library.file, Math.min(threads, pictures.length));
  try {
    await pool.run(pictures, {
      taskOf: ({ id }) => ({
        ...{ kind: 'thumbnail', path: filesOfSample(library, id)[0] ?? '', background },
        isAgain: true,
      }),
      onAnswer: ({ id, hash }, answer) => {
        // A file that has changed since is another picture; the next scan finds it.
        const isSame = answer.kind === 'thumbnail' && answer.hash === hash;
        onPicture(id, isSame ? answer : null);
      },
      signal,
    });
  } finally {
    await pool.close();
  }
}
