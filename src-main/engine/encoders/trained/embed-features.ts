import type { Skip } from '../../../contract/library.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { readEmbeddings, samplesWithoutEmbedding } from '../../store/embeddings.ts';
import type { EmbeddedPictures, FrozenEncoder } from '../embedding/encoder.ts';
import type { Embedder } from './embedder.ts';
import { saveBothSpaces } from './save-both-spaces.ts';

interface EmbedFeaturesRequest {
  readonly frozen: FrozenEncoder;
  /** The embedder of a head or an adapter. */
  readonly embedder: Embedder;
  readonly weights: FlatWeights;
  readonly weightsHash: string;
  readonly sampleIds: Uint32Array;
  readonly device: string;
  readonly onProgress: (done: number, total: number) => void;
}

const chunkLength = 4096;

/**
 * Embeds the pictures that a head's weights have not embedded yet: first with the frozen encoder, if
 * its features are not stored, then with the head. Pictures that the frozen encoder leaves out are
 * left out.
 * @throws EngineError cancelled, training-diverged, and as the frozen encoder's `check`
 */
export async function embedFeatures(
  context: JobContext,
  request: EmbedFeaturesRequest,
): Promise<EmbeddedPictures> {
  const { library, now } = context;
  const { frozen, embedder, weights, weightsHash, sampleIds, device, onProgress } = request;
  const started = now();
  const missing = samplesWithoutEmbedding(library, weightsHash, 'h', sampleIds);
  const cached = sampleIds.length - missing.length;
  const without = samplesWithoutEmbedding(library, frozen.hash, 'h', missing);
  const known = missing.length - without.length;
  const leftOut: Skip[] = [];
  if (without.length > 0) {
    await frozen.check(context);
    const features = await frozen.embed(context, without, device, (done) =>
      onProgress(cached + known + done, sampleIds.length),
    );
    leftOut.push(...features.leftOut);
  }
  const lost = new Set(samplesWithoutEmbedding(library, frozen.hash, 'h', without));
  const ready = missing.filter((id) => !lost.has(id));
  for (let first = 0; first < ready.length; first += chunkLength) {
    const ids = ready.subarray(first, first + chunkLength);
    const features = readEmbeddings(library, frozen.hash, 'h', ids).vectors;
    const rows = await embedder.embed(weights, features, () => context.yieldToEvents());
    saveBothSpaces(library, weightsHash, ids, embedder, rows);
    onProgress(cached + first + ids.length, sampleIds.length);
  }
  return { embedded: ready.length, leftOut, seconds: (now() - started) / 1000 };
}
