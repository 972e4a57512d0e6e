import type { Skip } from '../../../contract/library.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { ensurePixels } from '../../pictures/decode-pixels.ts';
import type { UndecodedPicture } from '../../pictures/decode-pixels.ts';
import { decodingThreads } from '../../pictures/decoding-threads.ts';
import { samplesWithoutEmbedding } from '../../store/embeddings.ts';
import { readPixels } from '../../store/pixels.ts';
import type { EmbeddedPictures } from '../embedding/encoder.ts';
import type { Embedder } from './embedder.ts';
import { saveBothSpaces } from './save-both-spaces.ts';

interface EmbedPicturesRequest {
  readonly embedder: Embedder;
  readonly weights: FlatWeights;
  readonly weightsHash: string;
  readonly sampleIds: Uint32Array;
  readonly onProgress: (done: number, total: number) => void;
}

const chunkLength = 512;

/**
 * Embeds the pictures that these weights have not embedded yet. Their pixels are decoded into the
 * library, the next chunk while one is computed. Each chunk is stored when it is done, so that a killed
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
    const { ids, failed } = await decoding;
    const following = missing.subarray(first + chunkLength, first + 2 * chunkLength);
    decoding = decodeChunk(context, request, following);
    // It is awaited in the next turn. If this turn fails first, its own error is the one to report.
    decoding.catch(() => undefined);
    await embedChunk(context, request, ids);
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
}

async function decodeChunk(
  { library, signal }: JobContext,
  { embedder }: EmbedPicturesRequest,
  sampleIds: Uint32Array,
): Promise<DecodedChunk> {
  const { failed } = await ensurePixels({
    library,
    sampleIds,
    size: embedder.plan.size,
    signal,
    onProgress: () => undefined,
    workers: decodingThreads(),
  });
  return { ids: withoutFailed(sampleIds, failed), failed };
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
): Promise<void> {
  const { library } = context;
  const pictures = readPixels(library, sampleIds, embedder.plan.size);
  const rows = await embedder.embed(weights, pictures, () => context.yieldToEvents());
  saveBothSpaces(library, weightsHash, sampleIds, embedder, rows);
}
