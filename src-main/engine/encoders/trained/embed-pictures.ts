import { decodingThreads } from '../../pictures/decoding-threads.ts';
import type { Embedder } from './embedder.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { ensurePixels } from '../../pictures/decode-pixels.ts';
import { samplesWithoutEmbedding, saveEmbeddings } from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';
import { readPixels } from '../../store/pixels.ts';
import type { FlatWeights } from '../../training/training-state.ts';

export interface EmbeddingCounts {
  readonly embedded: number;
  readonly cached: number;
  /** Embedded now, per second of decoding and computing. */
  readonly imagesPerSecond: number;
}

export interface EmbedPicturesRequest {
  readonly embedder: Embedder;
  readonly weights: FlatWeights;
  readonly weightsHash: string;
  readonly sampleIds: Uint32Array;
  readonly onProgress: (done: number, total: number) => void;
}

const chunkLength = 512;

/**
 * Embeds those of the pictures that these weights have not embedded. The next chunk is decoded
 * while one is computed, and each is kept when it is done, so that a killed job loses one at most.
 * A picture that can no longer be decoded is left out.
 * @throws EngineError cancelled, training-diverged
 */
export async function embedPictures(
  context: JobContext,
  request: EmbedPicturesRequest,
): Promise<EmbeddingCounts> {
  const { library } = context;
  const { sampleIds, weightsHash, onProgress } = request;
  const missing = samplesWithoutEmbedding(library, weightsHash, 'h', sampleIds);
  const cached = sampleIds.length - missing.length;
  const started = context.now();
  let embedded = 0;
  let decoding = decodeChunk(context, request, missing.subarray(0, chunkLength));
  for (let first = 0; first < missing.length; first += chunkLength) {
    const ids = await decoding;
    const following = missing.subarray(first + chunkLength, first + 2 * chunkLength);
    decoding = decodeChunk(context, request, following);
    // It is awaited in the next turn; should this one fail first, that failure is the one to tell.
    decoding.catch(() => undefined);
    await embedChunk(context, request, ids);
    embedded += ids.length;
    onProgress(cached + embedded, sampleIds.length);
  }
  const seconds = (context.now() - started) / 1000;
  return { embedded, cached, imagesPerSecond: embedded === 0 ? 0 : embedded / seconds };
}

/** Decodes pictures into the library and gives the ids of those that could be. */
async function decodeChunk(
  { library, signal }: JobContext,
  { embedder }: EmbedPicturesRequest,
  sampleIds: Uint32Array,
): Promise<Uint32Array> {
  const { failed } = await ensurePixels({
    library,
    sampleIds,
    size: embedder.plan.size,
    signal,
    onProgress: () => undefined,
    workers: decodingThreads(),
  });
  return withoutFailed(sampleIds, failed);
}

/** The ids whose pictures could be decoded. */
export function withoutFailed(
  sampleIds: Uint32Array,
  failed: readonly { readonly sampleId: number }[],
): Uint32Array {
  const lost = new Set(failed.map(({ sampleId }) => sampleId));
  return sampleIds.filter((id) => !lost.has(id));
}

async function embedChunk(
  context: JobContext,
  { embedder, weights, weightsHash }: EmbedPicturesRequest,
  sampleIds: Uint32Array,
): Promise<void> {
  const { library } = context;
  const pictures = readPixels(library, sampleIds, embedder.plan.size);
  const { h, z } = await embedder.embed(weights, pictures, () => context.breathe());
  keepBoth(library, weightsHash, sampleIds, [
    { space: 'h', dimensions: embedder.featureLength, vectors: h },
    { space: 'z', dimensions: embedder.projectedLength, vectors: z },
  ]);
}

/** Keeps rows of both spaces of pictures in one transaction. */
export function keepBoth(
  library: Library,
  weightsHash: string,
  sampleIds: Uint32Array,
  spaces: readonly { space: 'h' | 'z'; dimensions: number; vectors: Float32Array }[],
): void {
  library.write(() => {
    for (const { space, dimensions, vectors } of spaces) {
      saveEmbeddings(library, weightsHash, space, sampleIds, { dimensions, vectors });
    }
  });
}
