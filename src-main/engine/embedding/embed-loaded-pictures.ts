import type { JobContext } from '../jobs/job-context.ts';
import type { Skip } from '../../contract/library.ts';
import { DecodePool } from '../library/decode-pool.ts';
import type { LoadedEncoder } from '../loaded-encoders/loaded-encoder.ts';
import { saveEmbeddings } from '../store/embeddings.ts';
import { presentPicture } from '../store/samples.ts';
import { decodePictures } from './decode-pictures.ts';
import type { DecodedPictures } from './decode-pictures.ts';
import { decodingThreads } from './decoding-threads.ts';

interface LoadedRequest {
  readonly encoder: LoadedEncoder;
  readonly identity: string;
  /** Pictures at once. */
  readonly batch: number;
  readonly sampleIds: Uint32Array;
  readonly onProgress: (done: number) => void;
}

interface LoadedCounts {
  readonly embedded: number;
  /** Pictures without a vector, and why. */
  readonly leftOut: Skip[];
}

/** Bytes of pictures that are decoded ahead, at most; there are two such parts in memory. */
const chunkBytes = 24 * 2 ** 20;

/**
 * Embeds pictures and keeps their vectors. While one part is computed, the next is decoded by
 * threads that hold all of its tasks: ONNX Runtime keeps this thread from handing out more. A
 * killed job loses one part at most; a picture without a vector is told and left out.
 * @throws EngineError cancelled, bad-encoder
 */
export async function embedLoadedPictures(
  context: JobContext,
  { encoder, identity, batch, sampleIds, onProgress }: LoadedRequest,
): Promise<LoadedCounts> {
  const { library, signal } = context;
  const length = encoder.pictureLength;
  const batches = Math.max(1, Math.min(4, Math.floor(chunkBytes / (batch * length))));
  const chunkLength = batch * batches;
  const threads = Math.min(decodingThreads(), sampleIds.length);
  const pool = new DecodePool(library.file, threads, Math.ceil(chunkLength / threads));
  const { preprocessing: resize } = encoder.description;
  const decode = (first: number): Promise<DecodedPictures> => {
    const decoding = decodePictures({
      library,
      pool,
      sampleIds: sampleIds.subarray(first, first + chunkLength),
      pictureLength: length,
      taskOf: (path, hash) => ({ kind: 'resized', path, hash, resize }),
      signal,
    });
    // Awaited a turn later: should the turn in between fail, that failure is the one to tell.
    decoding.catch(() => undefined);
    return decoding;
  };
  let embedded = 0;
  const leftOut: Skip[] = [];
  try {
    let decoding = decode(0);
    for (let first = 0; first < sampleIds.length; first += chunkLength) {
      const chunk = await decoding;
      decoding = decode(first + chunkLength);
      const wanted = sampleIds.subarray(first, first + chunkLength);
      const lost = lostPictures(wanted, chunk.sampleIds);
      leftOut.push(
        ...lost.map((id) => skipOf(context, id, 'damaged', 'Cannot be decoded any more.')),
      );
      for (let start = 0; start < chunk.sampleIds.length; start += batch) {
        await context.breathe();
        const ids = chunk.sampleIds.subarray(start, start + batch);
        const bytes = chunk.pictures.subarray(start * length, (start + batch) * length);
        const { vectors, dimensions, bad } = await encoder.embed(bytes, batch);
        const good = withoutRows(ids, vectors, dimensions, bad);
        saveEmbeddings(library, identity, 'h', good.ids, { dimensions, vectors: good.vectors });
        leftOut.push(...bad.map((row) => skipOf(context, ids[row] ?? 0, 'no-vector', noVector)));
        embedded += good.ids.length;
        onProgress(first + start + ids.length);
      }
    }
  } finally {
    await pool.close();
  }
  return { embedded, leftOut };
}

const noVector = 'The encoder gives it a vector of zeros or of what is no number.';

function skipOf({ library }: JobContext, id: number, code: string, reason: string): Skip {
  return { path: presentPicture(library, id)?.path ?? String(id), code, reason };
}

function lostPictures(wanted: Uint32Array, decoded: Uint32Array): number[] {
  if (wanted.length === decoded.length) return [];
  const there = new Set(decoded);
  return [...wanted].filter((id) => !there.has(id));
}

function withoutRows(
  ids: Uint32Array,
  vectors: Float32Array,
  dimensions: number,
  bad: readonly number[],
): { ids: Uint32Array; vectors: Float32Array } {
  if (bad.length === 0) return { ids, vectors };
  const lost = new Set(bad);
  const rows = [...ids.keys()].filter((row) => !lost.has(row));
  const kept = new Float32Array(rows.length * dimensions);
  for (const [place, row] of rows.entries()) {
    kept.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
  }
  return { ids: Uint32Array.from(rows, (row) => ids[row] ?? 0), vectors: kept };
}
