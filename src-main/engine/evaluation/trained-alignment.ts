import { takesFeatures } from '../../contract/encoder-kinds.ts';
import { decodeWeights } from '../checkpoints/encoder-weights.ts';
import { chooseDevice } from '../devices/choose-device.ts';
import { withoutFailed } from '../encoders/trained/embed-pictures.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { picturePlanOfRun } from '../encoders/trained/plan-of-run.ts';
import { ensurePixels, ensureSourcePixels } from '../pictures/decode-pixels.ts';
import { decodingThreads } from '../pictures/decoding-threads.ts';
import { PictureCrops } from '../pictures/picture-crops.ts';
import { runCheckpoint } from '../store/checkpoints.ts';
import type { Run } from '../store/runs.ts';
import { ViewAligner } from './view-alignment.ts';

/**
 * The alignment of a run that trained a network, measured again with its stored weights over the pictures
 * `sampleIds`; null for other runs, and where the weights are not stored any more.
 */
export async function trainedAlignment(
  context: JobContext,
  run: Run,
  sampleIds: Uint32Array,
): Promise<number | null> {
  const { library, signal } = context;
  if (run.kind !== 'trained' || takesFeatures(run.encoder)) return null;
  const checkpoint = runCheckpoint(library, run);
  if (checkpoint === null || checkpoint.weightsHash !== run.weightsHash) return null;
  const encoder = await picturePlanOfRun(context, run);
  const size = Number(run.settings['size']);
  const decode = { library, size, signal, onProgress: () => undefined, workers: decodingThreads() };
  const squares = await ensurePixels({ ...decode, sampleIds });
  const decoded = withoutFailed(sampleIds, squares.failed);
  const sources = await ensureSourcePixels({ ...decode, sampleIds: decoded });
  const pictures = withoutFailed(decoded, sources.failed);
  const { device } = await chooseDevice('auto');
  const crops = new PictureCrops(library, size);
  try {
    crops.prepare(pictures);
    const aligner = await ViewAligner.create({ encoder, size }, crops, device);
    try {
      return await aligner.alignment(decodeWeights(encoder, checkpoint.weights), pictures);
    } finally {
      await aligner.dispose();
    }
  } finally {
    await crops.close();
  }
}
