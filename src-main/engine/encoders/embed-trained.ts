import { EngineError } from '../../contract/errors.ts';
import type { EmbedResult } from '../../contract/runs.ts';
import { takesFeatures } from '../../contract/head-training.ts';
import { featureEncoder, trainedPictureEncoder } from '../../contract/runs.ts';
import { chooseDevice } from '../devices/devices.ts';
import { frozenEncoder, trainedEncoders } from '../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../networks/trainable-encoder.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { latestCheckpoint, readCheckpoint } from '../store/checkpoints.ts';
import type { Run } from '../store/runs.ts';
import { presentSampleIds } from '../store/samples.ts';
import { decodeWeights } from '../training/training-state.ts';
import { embedFeatures } from './trained/embed-features.ts';
import { embedPictures } from './trained/embed-pictures.ts';
import { Embedder } from './trained/embedder.ts';
import { frozenEncoderOfRun } from './find-frozen-encoder.ts';
import type { FrozenEncoder } from './embedding/frozen-encoder.ts';

const batch = 64;

/**
 * Embeds what a trained run has not embedded yet, under the weights of its last epoch or another.
 * @throws EngineError not-found when no such epoch of it was finished, or is kept
 */
export async function embedTrained(
  context: JobContext,
  run: Run,
  wantedDevice: string,
  epoch?: number,
): Promise<EmbedResult> {
  const { library } = context;
  const checkpoint =
    epoch === undefined
      ? latestCheckpoint(library, run.id)
      : readCheckpoint(library, run.id, epoch);
  if (!checkpoint) {
    throw new EngineError(
      'not-found',
      epoch === undefined
        ? `The run "${run.name}" has finished no epoch, so there is nothing to embed with; train it first.`
        : `The weights of epoch ${epoch} of the run "${run.name}" are not kept, so there is nothing to embed with.`,
    );
  }
  const request = {
    weightsHash: checkpoint.weightsHash,
    sampleIds: presentSampleIds(library),
    onProgress: (done: number, total: number) =>
      context.report({
        progress: done / total,
        message: `Embedding: ${done} of ${total}`,
        run: run.id,
      }),
  };
  const { device } = await chooseDevice(wantedDevice);
  const frozen = takesFeatures(run.encoder) ? await frozenEncoderOfRun(context, run) : null;
  const encoder = encoderOfRun(run, frozen);
  const size = frozen?.size ?? Number(run.settings['size']);
  const embedder = await Embedder.create({ encoder, batch, size }, device);
  const weights = decodeWeights(encoder, checkpoint.weights);
  try {
    const counts = await (frozen
      ? embedFeatures(context, { ...request, embedder, weights, frozen, device })
      : embedPictures(context, { ...request, embedder, weights }));
    return { run: run.id, ...counts, dimensions: embedder.featureLength };
  } finally {
    await embedder.dispose();
  }
}

function encoderOfRun(run: Run, frozen: FrozenEncoder | null): EncoderPlan {
  if (frozen) return frozenEncoder(featureEncoder.parse(run.encoder), frozen);
  return trainedEncoders[trainedPictureEncoder.parse(run.encoder)];
}
