import { decodeWeights } from '../../checkpoints/encoder-weights.ts';
import { chooseDevice } from '../../devices/choose-device.ts';
import { featureLength } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { Checkpoint } from '../../store/checkpoints.ts';
import type { Run } from '../../store/runs.ts';
import type { FrozenEncoder } from '../embedding/encoder.ts';
import { decodingOfRun } from '../embedding/decoded-identity.ts';
import { embedPictures } from './embed-pictures.ts';
import { Embedder } from './embedder.ts';
import { pixelsTaskOf } from './pixels-task.ts';

const batch = 64;

/** The encoder of a run that trained a network, with the weights of one of its checkpoints. */
export function trainedEncoder(run: Run, checkpoint: Checkpoint, plan: EncoderPlan): FrozenEncoder {
  const { weightsHash } = checkpoint;
  const size = Number(run.settings['size']);
  const decoding = decodingOfRun(run);
  const weights = decodeWeights(plan, checkpoint.weights);
  const create = (device: string): Promise<Embedder> =>
    Embedder.create({ encoder: plan, batch, size }, device);
  const encoder: FrozenEncoder = {
    on: run.id,
    name: run.name,
    hash: weightsHash,
    dimensions: featureLength(plan),
    size,
    whitening: null,
    taskOf: pixelsTaskOf(plan, size, decoding),
    chooseDevice: async (wanted) => (await chooseDevice(wanted)).device,
    check: () => Promise.resolve(),
    embed: async (context, sampleIds, device, onProgress) => {
      const embedder = await create(device);
      const request = { embedder, decoding, weights, weightsHash, sampleIds, onProgress };
      return await embedPictures(context, request).finally(() => embedder.dispose());
    },
    open: async (device) => {
      const embedder = await create(device);
      return {
        features: async (pictures, yieldToEvents) => {
          const { h } = await embedder.embed(weights, pictures, yieldToEvents);
          return { vectors: h, bad: [] };
        },
        dispose: () => embedder.dispose(),
      };
    },
    whiten: null,
    asFrozen: () => encoder,
  };
  return encoder;
}
