import type { JobContext } from '../../jobs/job-context.ts';
import { readEmbeddings, samplesWithoutEmbedding } from '../../store/embeddings.ts';
import type { FlatWeights } from '../../training/training-state.ts';
import { keepBoth } from './embed-pictures.ts';
import type { EmbeddingCounts } from './embed-pictures.ts';
import type { Embedder } from './embedder.ts';
import type { FrozenEncoder } from '../embedding/frozen-encoder.ts';

export interface EmbedFeaturesRequest {
  readonly frozen: FrozenEncoder;
  /** Of a head or an adapter. */
  readonly embedder: Embedder;
  readonly weights: FlatWeights;
  readonly weightsHash: string;
  readonly sampleIds: Uint32Array;
  readonly device: string;
  readonly onProgress: (done: number, total: number) => void;
}

const chunkLength = 4096;

/**
 * Embeds those of the pictures that a head's weights have not embedded: the frozen encoder where its
 * features of them are not there yet, then the head. A picture that cannot be decoded is left out.
 * @throws EngineError cancelled, training-diverged
 */
export async function embedFeatures(
  context: JobContext,
  request: EmbedFeaturesRequest,
): Promise<EmbeddingCounts> {
  const { library } = context;
  const { frozen, embedder, weights, weightsHash, sampleIds, device, onProgress } = request;
  const started = context.now();
  const missing = samplesWithoutEmbedding(library, weightsHash, 'h', sampleIds);
  const cached = sampleIds.length - missing.length;
  const without = samplesWithoutEmbedding(library, frozen.hash, 'h', missing);
  const known = missing.length - without.length;
  if (without.length > 0) {
    await frozen.check(context);
    await frozen.embed(context, without, device, (done) =>
      onProgress(cached + known + done, sampleIds.length),
    );
  }
  const lost = new Set(samplesWithoutEmbedding(library, frozen.hash, 'h', without));
  const ready = missing.filter((id) => !lost.has(id));
  for (let first = 0; first < ready.length; first += chunkLength) {
    const ids = ready.subarray(first, first + chunkLength);
    const rows = readEmbeddings(library, frozen.hash, 'h', ids).vectors;
    const { h, z } = await embedder.embed(weights, rows, () => context.breathe());
    keepBoth(library, weightsHash, ids, [
      { space: 'h', dimensions: embedder.featureLength, vectors: h },
      { space: 'z', dimensions: embedder.projectedLength, vectors: z },
    ]);
    onProgress(cached + first + ids.length, sampleIds.length);
  }
  const embedded = ready.length;
  const seconds = Math.max(0.001, (context.now() - started) / 1000);
  return { embedded, cached, imagesPerSecond: embedded / seconds };
}
