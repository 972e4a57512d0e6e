import { EngineError } from '../../contract/errors.ts';
import type { EmbedResult } from '../../contract/runs.ts';
import { trainedEncoder } from '../../contract/runs.ts';
import { chooseDevice } from '../compute/devices.ts';
import { trainedEncoders } from '../encoders/trainable-encoder.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { latestCheckpoint } from '../store/checkpoints.ts';
import type { Run } from '../store/runs.ts';
import { presentSampleIds } from '../store/samples.ts';
import { decodeWeights } from '../training/training-state.ts';
import { embedPictures } from './embed-pictures.ts';
import { Embedder } from './embedder.ts';

const batch = 64;

/**
 * Embeds what a trained run has not embedded yet, under the weights of its last epoch.
 * @throws EngineError not-found when no epoch of it was finished
 */
export async function embedTrained(
  context: JobContext,
  run: Run,
  wantedDevice: string,
): Promise<EmbedResult> {
  const { library } = context;
  const checkpoint = latestCheckpoint(library, run.id);
  if (!checkpoint) {
    throw new EngineError(
      'not-found',
      `The run "${run.name}" has finished no epoch, so there is nothing to embed with; train it first.`,
    );
  }
  const encoder = trainedEncoders[trainedEncoder.parse(run.encoder)];
  const { device } = await chooseDevice(wantedDevice);
  const size = Number(run.settings['size']);
  const embedder = await Embedder.create({ encoder, batch, size }, device);
  try {
    const counts = await embedPictures(context, {
      embedder,
      weights: decodeWeights(encoder, checkpoint.weights),
      weightsHash: checkpoint.weightsHash,
      sampleIds: presentSampleIds(library),
      onProgress: (done, total) =>
        context.report({
          progress: done / total,
          message: `Embedding: ${done} of ${total}`,
          run: run.id,
        }),
    });
    return { run: run.id, ...counts, dimensions: embedder.featureLength };
  } finally {
    await embedder.dispose();
  }
}
