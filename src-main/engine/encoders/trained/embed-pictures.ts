import { isSameDecoding, type Decoding } from '../../../contract/decoding.ts';
import type { Skip } from '../../../contract/library.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { decodePictures } from '../../pictures/decode-pictures.ts';
import { ensurePixels } from '../../pictures/decode-pixels.ts';
import type { UndecodedPicture } from '../../pictures/decode-pixels.ts';
import { DecodePool } from '../../pictures/decode-pool.ts';
import { decodingThreads } from '../../pictures/decoding-threads.ts';
import { resizeOf } from '../../networks/trainable-encoder.ts';
import { samplesWithoutEmbedding } from '../../store/embeddings.ts';
import { libraryDecoding } from '../../store/library-decoding.ts';
import { readPixels } from '../../store/pixels.ts';
import { presentPicture } from '../../store/samples.ts';
import type { EmbeddedPictures } from '../embedding/encoder.ts';
import type { Embedder } from './embedder.ts';
import { pixelsTaskOf } from './pixels-task.ts';
import { saveBothSpaces } from './save-both-spaces.ts';

interface EmbedPicturesRequest {
  readonly embedder: Embedder;
  /** How the pictures of its training were decoded. */
  readonly decoding: Decoding;
  readonly weights: FlatWeights;
  readonly weightsHash: string;
  readonly sampleIds: Uint32Array;
  readonly onProgress: (done: number, total: number) => void;
}

const chunkLength = 512;

/**
 * Embeds the pictures that these weights have not embedded yet. Their pixels are decoded into the
 * library if it decodes them as the training did, the next chunk while one is computed. Each chunk is stored when it is done, so that a killed
 * job loses one chunk at most. Pictures that can no longer be decoded are left out.
 * @throws EngineError cancelled, training-diverged
 */
export async function embedPictures(
  context: JobContext,
  request: EmbedPicturesRequest,
): Promise<EmbeddedPictures> {
  const { library, now } = context;
  const { sampleIds, weightsHash, onProgress } = request;
  const missing = samplesWithoutEmbedding(library, weightsHash, 'h', sampleIds);
  const cached = sampleIds.length - missing.length;
  const started = now();
  let embedded = 0;
  const leftOut: Skip[] = [];
  let decoding = decodeChunk(context, request, missing.subarray(0, chunkLength));
  for (let first = 0; first < missing.length; first += chunkLength) {
    const { ids, failed, pictures } = await decoding;
    const following = missing.subarray(first + chunkLength, first + 2 * chunkLength);
    decoding = decodeChunk(context, request, following);
    // It is awaited in the next turn. If this turn fails first, its own error is the one to report.
    decoding.catch(() => undefined);
    await embedChunk(context, request, ids, pictures());
    embedded += ids.length;
    leftOut.push(...failed.map(({ path, reason }) => ({ path, code: 'damaged', reason })));
    onProgress(cached + embedded, sampleIds.length);
  }
  return { embedded, leftOut, seconds: (now() - started) / 1000 };
}

interface DecodedChunk {
  /** The pictures that could be decoded. */
  readonly ids: Uint32Array;
  readonly failed: readonly UndecodedPicture[];
  /** RGB bytes [n, size, size, 3]. */
  readonly pictures: () => Uint8Array;
}

async function decodeChunk(
  context: JobContext,
  request: EmbedPicturesRequest,
  sampleIds: Uint32Array,
): Promise<DecodedChunk> {
  const { library, signal } = context;
  const { size, encoder } = request.embedder.plan;
  const isStored = isSameDecoding(request.decoding, libraryDecoding(library));
  if (!isStored || resizeOf(encoder) !== null) {
    return await decodeUnstored(context, request, sampleIds);
  }
  const { failed } = await ensurePixels({
    library,
    sampleIds,
    size,
    signal,
    onProgress: () => undefined,
    workers: decodingThreads(),
  });
  const ids = withoutFailed(sampleIds, failed);
  return { ids, failed, pictures: () => readPixels(library, ids, size) };
}

/** Decodes as the training did; the library stores only middle squares that are decoded as it does now. */
async function decodeUnstored(
  { library, signal }: JobContext,
  { embedder, decoding }: EmbedPicturesRequest,
  sampleIds: Uint32Array,
): Promise<DecodedChunk> {
  const { size, encoder } = embedder.plan;
  const pool = new DecodePool(library.file, Math.min(decodingThreads(), sampleIds.length));
  try {
    const decoded = await decodePictures({
      ...{ library, pool, sampleIds, signal },
      pictureLength: size * size * 3,
      taskOf: pixelsTaskOf(encoder, size, decoding),
    });
    const ids = new Set(decoded.sampleIds);
    const failed = Array.from(
      sampleIds.filter((id) => !ids.has(id)),
      (sampleId) => ({
        sampleId,
        path: presentPicture(library, sampleId)?.path ?? '',
        reason: 'Cannot be decoded any more.',
      }),
    );
    return { ids: decoded.sampleIds, failed, pictures: () => decoded.pictures };
  } finally {
    await pool.close();
  }
}

/** The ids whose pictures could be decoded. */
export function withoutFailed(
  sampleIds: Uint32Array,
  failed: readonly UndecodedPicture[],
): Uint32Array {
  const lost = new Set(failed.map(({ sampleId }) => sampleId));
  return sampleIds.filter((id) => !lost.has(id));
}

async function embedChunk(
  context: JobContext,
  { embedder, weights, weightsHash }: EmbedPicturesRequest,
  sampleIds: Uint32Array,
  pictures: Uint8Array,
): Promise<void> {
  const { library } = context;
  const rows = await embedder.embed(weights, pictures, () => context.yieldToEvents());
  saveBothSpaces(library, weightsHash, sampleIds, embedder, rows);
}
