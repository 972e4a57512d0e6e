import { EngineError } from '../../../contract/errors.ts';
import { trainedPictureEncoder } from '../../../contract/runs.ts';
import { featureLength, trainedEncoders } from '../../networks/trainable-encoder.ts';
import { checkpointOfWeights, latestCheckpoint } from '../../store/checkpoints.ts';
import type { Library } from '../../store/library-file.ts';
import type { Run } from '../../store/runs.ts';
import { decodeWeights } from '../../training/training-state.ts';
import { embedPictures } from './embed-pictures.ts';
import { Embedder } from './embedder.ts';
import type { FrozenEncoder } from '../embedding/frozen-encoder.ts';

const batch = 64;

/**
 * A trained run's encoder as the base of a head, with the weights of the given hash or of its last epoch.
 * @throws EngineError not-found when no epoch of it was finished, or those weights are gone
 */
export function frozenTrained(library: Library, run: Run, hash?: string): FrozenEncoder {
  const checkpoint =
    hash === undefined
      ? latestCheckpoint(library, run.id)
      : checkpointOfWeights(library, run.id, hash);
  if (!checkpoint) {
    throw new EngineError(
      'not-found',
      hash === undefined
        ? `The run "${run.name}" has finished no epoch, so it has no features to train on; train it first.`
        : `The run "${run.name}" no longer has the weights that the head was trained on; train the head again.`,
    );
  }
  const encoder = trainedEncoders[trainedPictureEncoder.parse(run.encoder)];
  const { weightsHash } = checkpoint;
  const size = Number(run.settings['size']);
  const weights = decodeWeights(encoder, checkpoint.weights);
  const create = (device: string): Promise<Embedder> =>
    Embedder.create({ encoder, batch, size }, device);
  return {
    on: run.id,
    name: run.name,
    hash: weightsHash,
    size,
    dimensions: featureLength(encoder),
    whitened: null,
    taskOf: (path, hash) => ({ kind: 'pixels', path, hash, size }),
    check: () => Promise.resolve(),
    embed: async (context, sampleIds, device, onProgress) => {
      const embedder = await create(device);
      const request = { embedder, weights, weightsHash, sampleIds, onProgress };
      await embedPictures(context, request).finally(() => embedder.dispose());
    },
    open: async (device) => {
      const embedder = await create(device);
      return {
        features: async (pictures, breathe) => (await embedder.embed(weights, pictures, breathe)).h,
        dispose: () => embedder.dispose(),
      };
    },
  };
}
