import type { EmbedResult } from '../../../contract/runs.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { samplesWithoutEmbedding, saveEmbeddings } from '../../store/embeddings.ts';
import { updateRun } from '../../store/runs.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { DecodeAhead } from '../../pictures/decode-ahead.ts';
import { loadedRun } from '../loaded-run.ts';
import { weightFreeVectors } from './weight-free.ts';
import type { WeightFree } from './weight-free.ts';

const partLength = 64;

/** Embeds the pictures that a weight-free encoder has not embedded yet. */
export async function embedWeightFree(
  context: JobContext,
  encoder: WeightFree,
  name: string | undefined,
): Promise<EmbedResult> {
  const { library, now } = context;
  const { hash, dimensions } = encoder;
  const run = loadedRun(library, encoder.name, name);
  const started = now();
  const present = presentSampleIds(library);
  const missing = samplesWithoutEmbedding(library, hash, 'h', present);
  const cached = present.length - missing.length;
  const embedded = await keepWeightFree(context, encoder, missing, (done) =>
    context.report({
      progress: (cached + done) / present.length,
      message: `Embedding: ${cached + done} of ${present.length}`,
      run: run.id,
    }),
  );
  const imagesPerSecond = (1000 * embedded) / Math.max(1, now() - started);
  updateRun(library, run.id, {
    weightsHash: hash,
    device: 'cpu',
    ...(embedded > 0 && { imagesPerSecond }),
  });
  return { run: run.id, embedded, cached, dimensions, imagesPerSecond };
}

/**
 * Keeps the vectors of pictures as their embeddings; resolves to how many could be decoded.
 * @throws EngineError cancelled
 */
export async function keepWeightFree(
  context: JobContext,
  encoder: WeightFree,
  sampleIds: Uint32Array,
  onProgress: (done: number) => void,
): Promise<number> {
  const { library, signal } = context;
  const { side, dimensions, hash } = encoder;
  let [kept, seen] = [0, 0];
  await using pictures = new DecodeAhead({
    library,
    sampleIds,
    pictureLength: side * side * 3,
    partLength,
    taskOf: (path, wanted) => ({ kind: 'pixels', path, size: side, hash: wanted }),
    signal,
  });
  for await (const part of pictures) {
    await context.breathe();
    const vectors = weightFreeVectors(encoder, part.pictures);
    saveEmbeddings(library, hash, 'h', part.sampleIds, { dimensions, vectors });
    kept += part.sampleIds.length;
    seen += part.wanted.length;
    onProgress(seen);
  }
  return kept;
}
