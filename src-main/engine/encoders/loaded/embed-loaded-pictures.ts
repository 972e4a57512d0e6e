import type { JobContext } from '../../jobs/job-context.ts';
import type { Skip } from '../../../contract/library.ts';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import type { LoadedEncoder } from './loaded-encoder.ts';
import { saveEmbeddings } from '../../store/embeddings.ts';
import { presentPicture } from '../../store/samples.ts';
import { DecodeAhead } from '../../pictures/decode-ahead.ts';
import type { DecodedPart } from '../../pictures/decode-ahead.ts';

interface LoadedRequest {
  readonly encoder: LoadedEncoder;
  readonly identity: string;
  /** Pictures at once. */
  readonly batch: number;
  readonly onProgress: (done: number) => void;
}

interface LoadedCounts {
  readonly embedded: number;
  /** Pictures without a vector, and why. */
  readonly leftOut: Skip[];
}

/**
 * Embeds pictures and keeps their vectors, while others decode the next batches. A killed job loses
 * one batch at most; a picture without a vector is told and left out.
 * @throws EngineError cancelled, bad-encoder
 */
export async function embedLoadedPictures(
  context: JobContext,
  pictures: DecodeAhead,
  { encoder, identity, batch, onProgress }: LoadedRequest,
): Promise<LoadedCounts> {
  let [embedded, seen] = [0, 0];
  const leftOut: Skip[] = [];
  for await (const part of pictures) {
    await context.breathe();
    const ids = part.sampleIds;
    for (const id of lostPictures(part)) {
      leftOut.push(skipOf(context, id, 'damaged', 'Cannot be decoded any more.'));
    }
    if (ids.length > 0) {
      const { vectors, dimensions, bad } = await encoder.embed(part.pictures, batch);
      const good = withoutRows(ids, vectors, dimensions, bad);
      const kept = { dimensions, vectors: good.vectors };
      saveEmbeddings(context.library, identity, 'h', good.ids, kept);
      leftOut.push(...bad.map((row) => skipOf(context, ids[row] ?? 0, 'no-vector', noVector)));
      embedded += good.ids.length;
    }
    seen += part.wanted.length;
    onProgress(seen);
  }
  return { embedded, leftOut };
}

/** The pictures of a batch at a time, as an encoder with this description takes them. */
export function picturesFor(
  { library, signal }: JobContext,
  { preprocessing: resize }: EncoderDescription,
  batch: number,
  sampleIds: Uint32Array,
): DecodeAhead {
  return new DecodeAhead({
    library,
    sampleIds,
    pictureLength: resize.width * resize.height * 3,
    partLength: batch,
    taskOf: (path, hash) => ({ kind: 'resized', path, hash, resize }),
    signal,
  });
}

const noVector = 'The encoder gives it a vector of zeros or of what is no number.';

function skipOf({ library }: JobContext, id: number, code: string, reason: string): Skip {
  return { path: presentPicture(library, id)?.path ?? String(id), code, reason };
}

function lostPictures({ wanted, sampleIds }: DecodedPart): number[] {
  if (wanted.length === sampleIds.length) return [];
  const there = new Set(sampleIds);
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
