import { filesOfSample } from '../store/files.ts';
import type { Library } from '../store/library-file.ts';
import { samplesWithoutPixels, savePixels } from '../store/pixels.ts';
import { samplesWithoutSourcePixels, saveSourcePixels } from '../store/source-pixels.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import { presentPicture } from '../store/samples.ts';
import type { DecodeAnswer, DecodeTask } from './decode-task.ts';
import { DecodePool } from './decode-pool.ts';
import { sourceSide } from './source-picture.ts';

export interface EnsurePixelsOptions {
  readonly library: Library;
  readonly sampleIds: Uint32Array;
  /** Side in pixels. */
  readonly size: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Number of decoding threads. */
  readonly workers: number;
}

/** A picture that could not be decoded, by the first of its paths. */
export interface UndecodedPicture {
  readonly sampleId: number;
  readonly path: string;
  readonly reason: string;
}

interface DecodedPixels {
  readonly decoded: number;
  readonly cached: number;
  /** Pictures that could not be decoded, because their files are gone or changed since the scan. */
  readonly failed: readonly UndecodedPicture[];
}

interface WantedPicture {
  readonly sampleId: number;
  readonly hash: string;
  readonly path: string;
  /** Absolute paths that were not tried yet. */
  readonly files: string[];
}

/** A form in which decoded pictures are stored. */
interface StoredForm {
  /** Those of the pictures that are not stored yet. */
  readonly missing: Uint32Array;
  readonly taskOf: (path: string, hash: string) => DecodeTask;
  /** Stores a picture's answer to that task. */
  readonly save: (sampleId: number, answer: DecodeAnswer) => void;
}

const batchSize = 128;

/**
 * Makes sure that pictures are decoded in the library as size x size RGB (cropped to a square), so that
 * `readPixels` finds them; decodes those that are missing.
 * @throws EngineError cancelled
 */
export async function ensurePixels(options: EnsurePixelsOptions): Promise<DecodedPixels> {
  const { library, sampleIds, size } = options;
  const decoding = libraryDecoding(library);
  return await ensureStored(options, {
    missing: samplesWithoutPixels(library, sampleIds, size),
    taskOf: (path, hash) => ({ kind: 'pixels', path, size, hash, decoding }),
    save: (sampleId, answer) => {
      if (answer.kind === 'pixels') savePixels(library, sampleId, size, answer.rgb);
    },
  });
}

/**
 * Makes sure that pictures with a side of more than `size` pixels are decoded in the library uncropped,
 * at `sourceSide(size)`; views of `size` pixels are cropped from them.
 * @throws EngineError cancelled
 */
export async function ensureSourcePixels(options: EnsurePixelsOptions): Promise<DecodedPixels> {
  const { library, sampleIds, size } = options;
  const decoding = libraryDecoding(library);
  const side = sourceSide(size);
  return await ensureStored(options, {
    missing: samplesWithoutSourcePixels(library, sampleIds, { size, side }),
    taskOf: (path, hash) => ({ kind: 'source', path, hash, side, decoding }),
    save: (sampleId, answer) => {
      if (answer.kind === 'source') saveSourcePixels(library, sampleId, side, answer);
    },
  });
}

async function ensureStored(
  { library, sampleIds, workers, signal, onProgress }: EnsurePixelsOptions,
  { missing, taskOf, save }: StoredForm,
): Promise<DecodedPixels> {
  const cached = sampleIds.length - missing.length;
  if (missing.length === 0) return { decoded: 0, cached, failed: [] };
  const failed: UndecodedPicture[] = [];
  let wanted = wantedPictures(library, missing, failed);
  const batch = new AnswerBatch(library, save);
  const pool = new DecodePool(library.file, Math.min(workers, missing.length));
  try {
    while (wanted.length > 0) {
      const again: WantedPicture[] = [];
      await pool.run(wanted, {
        taskOf: ({ files, hash }) => taskOf(files[0] ?? '', hash),
        onAnswer: (picture, answer) => {
          if (!batch.take(picture, answer)) giveUpOrRetry(picture, answer, again, failed);
          onProgress(cached + batch.taken + failed.length, sampleIds.length);
        },
        signal,
      });
      wanted = again;
    }
  } finally {
    await pool.close();
    batch.flush();
  }
  return { decoded: batch.taken, cached, failed };
}

function wantedPictures(
  library: Library,
  sampleIds: Uint32Array,
  failed: UndecodedPicture[],
): WantedPicture[] {
  const wanted: WantedPicture[] = [];
  for (const sampleId of sampleIds) {
    const picture = presentPicture(library, sampleId);
    if (picture === null) {
      failed.push({ sampleId, path: '', reason: 'Has no file any more.' });
    } else {
      const files = filesOfSample(library, sampleId);
      wanted.push({ sampleId, hash: picture.hash, path: picture.path, files });
    }
  }
  return wanted;
}

function giveUpOrRetry(
  picture: WantedPicture,
  answer: DecodeAnswer,
  again: WantedPicture[],
  failed: UndecodedPicture[],
): void {
  const { sampleId, path, files } = picture;
  const others = files.slice(1);
  if (others.length > 0) again.push({ ...picture, files: others });
  else failed.push({ sampleId, path, reason: answer.kind === 'skip' ? answer.reason : '' });
}

/** Answers that are stored together, in one transaction. */
class AnswerBatch {
  taken = 0;
  readonly #library: Library;
  readonly #save: StoredForm['save'];
  #pictures: { readonly sampleId: number; readonly answer: DecodeAnswer }[] = [];

  constructor(library: Library, save: StoredForm['save']) {
    this.#library = library;
    this.#save = save;
  }

  /** Stores a decoded picture; false where the answer is not a picture. */
  take({ sampleId }: WantedPicture, answer: DecodeAnswer): boolean {
    if (answer.kind === 'skip') return false;
    this.#pictures.push({ sampleId, answer });
    this.taken++;
    if (this.#pictures.length >= batchSize) this.flush();
    return true;
  }

  flush(): void {
    const pictures = this.#pictures;
    if (pictures.length === 0) return;
    this.#pictures = [];
    this.#library.write(() => {
      for (const { sampleId, answer } of pictures) this.#save(sampleId, answer);
    });
  }
}
