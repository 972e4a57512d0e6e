import { EngineError } from '../../../contract/errors/errors.ts';
import { decodeWeights } from '../../checkpoints/encoder-weights.ts';
import { chooseDevice } from '../../devices/choose-device.ts';
import { featureLength } from '../../networks/trainable-encoder.ts';
import type { Checkpoint } from '../../store/checkpoints.ts';
import type { Run } from '../../store/runs.ts';
import type { Encoder, FrozenEncoder } from '../embedding/encoder.ts';
import { embedFeatures } from './embed-features.ts';
import { Embedder } from './embedder.ts';
import { featurePlanOfRun } from './plan-of-run.ts';

const batch = 64;

/** The encoder of a run that trained a head or adapter: the frozen encoder, then the head. */
export function headEncoder(run: Run, checkpoint: Checkpoint, frozen: FrozenEncoder): Encoder {
  const plan = featurePlanOfRun(run, frozen);
  const { weightsHash } = checkpoint;
  const weights = decodeWeights(plan, checkpoint.weights);
  return {
    on: run.id,
    name: run.name,
    hash: weightsHash,
    dimensions: featureLength(plan),
    chooseDevice: async (wanted) => (await chooseDevice(wanted)).device,
    check: () => Promise.resolve(),
    embed: async (context, sampleIds, device, onProgress) => {
      const embedder = await Embedder.create({ encoder: plan, batch, size: frozen.size }, device);
      const request = { frozen, embedder, weights, weightsHash, sampleIds, device, onProgress };
      return await embedFeatures(context, request).finally(() => embedder.dispose());
    },
    whiten: null,
    asFrozen: () => {
      throw refusalOfHead(run, frozen.name);
    },
  };
}

/** The error for a training that should take the features of a head. */
export function refusalOfHead({ name }: Run, base: string): EngineError {
  return new EngineError(
    'bad-argument',
    `"${name}" is itself trained on the features of ${base}; train on ${base} too, or on an encoder that takes pictures.`,
  );
}
