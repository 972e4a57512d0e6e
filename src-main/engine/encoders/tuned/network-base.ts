import { EngineError } from '../../../contract/errors/errors.ts';
import { decodeCheckpoint } from '../../checkpoints/checkpoint-format.ts';
import type { CheckpointTensor } from '../../checkpoints/checkpoint-format.ts';
import { whiteningNames } from '../../networks/frozen-body.ts';
import { tunedEncoderPlan } from '../../networks/trainable-encoder.ts';
import { withLowRank, withoutLowRank } from '../../networks/low-rank.ts';
import { whitenedLength, whiteningTo } from '../../networks/whitened-parts.ts';
import type { WhitenedPart } from '../../networks/whitened-parts.ts';
import type { TunableNetwork, TunedNetwork } from '../../networks/tuned-network.ts';
import { withGivenWeights } from './given-weights.ts';
import { checkLayer, recordOfRun, refusedTuning } from './tuned-encoder.ts';
import type { RunToTune, TunedBase } from './tuned-encoder.ts';
import { tunedOf } from './tuned-record.ts';
import type { TunedRecord } from './tuned-record.ts';

/** A network from elsewhere, and how it is tuned where nothing is chosen. */
interface NetworkToTune {
  readonly network: TunableNetwork;
  /** What is recorded of it where no run is gone on from. */
  readonly record: Pick<TunedRecord, 'on' | 'name' | 'hash' | 'loaded'>;
  /** How its features are whitened; null for no whitening. */
  readonly whitening: readonly WhitenedPart[] | null;
  readonly size: number;
  readonly isFixedSize: boolean;
  readonly firstLayer: string;
  readonly secondsPerPicture: TunedBase['secondsPerPicture'];
}

/** A network that was made elsewhere; with a run its weights, as far as it has them. */
export function networkBase(
  { network, record, size, isFixedSize, ...usual }: NetworkToTune,
  tuned: RunToTune | null,
): TunedBase {
  const tensors = tuned ? withoutLowRank(decodeCheckpoint(tuned.checkpoint.weights).tensors) : [];
  const { layers, hash } = network;
  const given = givenLength(tensors);
  const whitened = given ?? whitenedLength(usual.whitening);
  const before = tuned && tunedOf(tuned.run)?.trainFrom;
  return {
    record: {
      ...record,
      ...(tuned && recordOfRun(tuned)),
      ...{ network: hash, ...(whitened !== null && { whitened }) },
    },
    // That of an adapter is of its frozen encoder's pictures.
    size: tuned?.run.encoder === 'finetune' ? Number(tuned.run.settings['size']) : size,
    isFixedSize,
    secondsPerPicture: usual.secondsPerPicture,
    hasLinear: hasMatrices(network.trainFrom(layers[0] ?? '', 1)),
    layers,
    firstLayer: (chosen = usual.firstLayer) => {
      checkLayer(layers, chosen);
      // What was trained before is in the checkpoint only if it is trained again.
      const isEarlier = before && layers.indexOf(before) < layers.indexOf(chosen);
      return isEarlier ? before : chosen;
    },
    plan: ({ head, trainFrom, layerDecay, lora, isLab }) => {
      if (isLab) throw refusedTuning(`${capital(record.name)} takes whole colours`);
      const trained = network.trainFrom(trainFrom, layerDecay);
      if (lora) refuseWithoutMatrices(record.name, trained);
      const whitening = whiteningTo(whitened, {
        dimensions: trained.dimensions,
        whitening: usual.whitening,
      });
      const planned = tunedEncoderPlan(
        lora ? withLowRank(trained, lora) : trained,
        whitening,
        head,
      );
      return withGivenWeights(planned, tensors);
    },
  };
}

/** @throws EngineError bad-argument for a network that low-rank updates change nothing of */
function refuseWithoutMatrices(name: string, trained: TunedNetwork): void {
  if (hasMatrices(trained)) return;
  throw new EngineError(
    'bad-argument',
    `${capital(name)} has no linear layers, which low-rank updates are of; leave out LoRA, and choose from which layer it is trained.`,
  );
}

function hasMatrices({ matrices }: TunedNetwork): boolean {
  return matrices !== undefined && matrices.size > 0;
}

/** The length of the whitened features of a run's weights; undefined where they have no whitening. */
function givenLength(tensors: readonly CheckpointTensor[]): number | undefined {
  return tensors.find(({ name }) => name === whiteningNames.directions)?.shape[1];
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
