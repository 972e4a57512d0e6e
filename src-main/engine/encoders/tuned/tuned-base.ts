import { EngineError } from '../../../contract/errors/errors.ts';
import { unknownNameSentence } from '../../../contract/errors/nearest-name.ts';
import { defaultTunedSize } from '../../../contract/fine-tuning.ts';
import { takesFeatures } from '../../../contract/encoder-kinds.ts';
import { headOfRun } from '../../../contract/projection-heads.ts';
import type { ProjectionHead } from '../../../contract/projection-heads.ts';
import { readyEncoders, trainedPictureEncoder } from '../../../contract/runs.ts';
import type { RunReference } from '../../../contract/runs.ts';
import { decodeCheckpoint } from '../../checkpoints/checkpoint-format.ts';
import type { CheckpointTensor } from '../../checkpoints/checkpoint-format.ts';
import { whiteningNames } from '../../networks/frozen-body.ts';
import { pictureEncoderPlan, tunedEncoderPlan } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { checkpointOfWeights, runCheckpoint } from '../../store/checkpoints.ts';
import type { Checkpoint } from '../../store/checkpoints.ts';
import { findRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';
import { encoderByName } from '../../store/encoders.ts';
import { frozenOf } from '../embedding/frozen-record.ts';
import type { EncoderSources } from '../embedding/encoder-sources.ts';
import { starter } from '../starter/starter-encoder.ts';
import { adaptedStarter } from '../starter/starter-whitening.ts';
import { tunableStarter } from '../starter/tunable-starter.ts';
import { weightFree } from '../weight-free/weight-free-vectors.ts';
import { withGivenWeights } from './given-weights.ts';
import { resnetLayers, tunedResnet } from './tuned-resnet.ts';
import type { TunedRecord } from './tuned-record.ts';
import { tunedOf } from './tuned-record.ts';

/** What is chosen of an encoder that is fine-tuned. */
interface TunedChoice {
  readonly head: ProjectionHead;
  /** The first layer that is trained. */
  readonly trainFrom: string;
  readonly layerDecay: number;
  /** Whether lightness and colour go through two networks (CMC). */
  readonly isLab: boolean;
}

/** The encoder whose weights a fine-tuning goes on from. */
export interface TunedBase {
  /** What a run records of it, without the choices. */
  readonly record: Omit<TunedRecord, 'trainFrom' | 'layerDecay'>;
  /** Side of its pictures in pixels, where none is chosen. */
  readonly size: number;
  /** The names of its layers, from input to output. */
  readonly layers: readonly string[];
  /**
   * The first layer that is trained, by the chosen one if there is one.
   * @throws EngineError bad-argument for a layer that it has not
   */
  readonly firstLayer: (chosen?: string) => string;
  /**
   * The plan that begins with its weights.
   * @throws EngineError bad-argument for colours that it cannot separate
   */
  readonly plan: (choice: TunedChoice) => EncoderPlan;
}

/**
 * The encoder to fine-tune: the starter encoder, or that of a run with the weights of the given `hash`, or
 * without one those of its last epoch.
 * @throws EngineError not-found, bad-argument if it has no weights that can be trained further here
 */
export async function findTunedBase(
  sources: EncoderSources,
  on: RunReference,
  hash?: string,
): Promise<TunedBase> {
  if (on === starter) return await starterBase(sources, null);
  refuseReady(sources, String(on));
  const run = findRun(sources.library, on);
  if (run.kind !== 'trained') {
    if (run.kind === 'loaded' && run.encoder !== String(on)) {
      return await findTunedBase(sources, run.encoder, hash);
    }
    throw refused(`"${run.name}" was not trained here`);
  }
  const checkpoint = checkpointOf(sources, run, hash);
  return takesFeatures(run.encoder) || run.encoder === 'finetune'
    ? await featureBase(sources, run, checkpoint)
    : resnetBase(run, checkpoint);
}

/** The encoder that a run went on from, with the weights that it had then; null for other runs. */
export async function tunedBaseOfRun(
  sources: EncoderSources,
  run: Pick<Run, 'settings'>,
): Promise<TunedBase | null> {
  const record = tunedOf(run);
  return record && (await findTunedBase(sources, record.on, record.hash ?? undefined));
}

/** Refuses encoders that no run of this library trained. */
function refuseReady({ library }: EncoderSources, name: string): void {
  if (weightFree(name)) {
    throw refused(`There are no weights to tune in ${readyEncoders[name] ?? name}`);
  }
  if (!encoderByName(library, name)) return;
  throw refused(`"${name}" was loaded from a file, whose network cannot be tuned here`);
}

/** The starter encoder's network; with a run its weights, as far as it has them. */
async function starterBase(
  { modelFolder }: EncoderSources,
  run: { readonly run: Run; readonly checkpoint: Checkpoint } | null,
): Promise<TunedBase> {
  const network = await tunableStarter(modelFolder);
  const tensors = run ? decodeCheckpoint(run.checkpoint.weights).tensors : [];
  const whitened = givenLength(tensors) ?? adaptedStarter.outputs;
  const { layers, hash } = network;
  const before = run && tunedOf(run.run)?.trainFrom;
  return {
    record: {
      ...(run ? recordOfRun(run.run, run.checkpoint) : recordOfStarter),
      ...{ network: hash, whitened },
    },
    // That of an adapter is of its frozen encoder's pictures.
    size: run?.run.encoder === 'finetune' ? Number(run.run.settings['size']) : defaultTunedSize,
    layers,
    firstLayer: (chosen = firstStarterLayer) => {
      checkLayer(layers, chosen);
      // What was trained before is in the checkpoint only if it is trained again.
      const isEarlier = before && layers.indexOf(before) < layers.indexOf(chosen);
      return isEarlier ? before : chosen;
    },
    plan: ({ head, trainFrom, layerDecay, isLab }) => {
      if (isLab) throw refused('The starter encoder takes whole colours');
      const tuned = network.trainFrom(trainFrom, layerDecay);
      const whitening = [{ ...adaptedStarter, outputs: whitened }];
      return withGivenWeights(tunedEncoderPlan(tuned, whitening, head), tensors);
    },
  };
}

const recordOfStarter = { on: starter, name: 'the starter encoder', hash: null };

/** Where the starter encoder is trained from, where nothing is chosen (docs/recipes.md). */
const firstStarterLayer = 'expanded_conv_10';

/** A run on the starter encoder's features or network. */
async function featureBase(
  sources: EncoderSources,
  run: Run,
  checkpoint: Checkpoint,
): Promise<TunedBase> {
  const frozen = frozenOf(run);
  const isOnStarter = run.encoder === 'finetune' || frozen?.on === starter;
  const isLinear = run.encoder === 'finetune' || run.settings['adapter'] === 'linear';
  if (isOnStarter && isLinear && run.encoder !== 'head') {
    return await starterBase(sources, { run, checkpoint });
  }
  throw refused(
    `"${run.name}" is ${run.encoder === 'head' ? 'a head' : 'an adapter'} on ${frozen?.name ?? 'features'}, which this version cannot tune together`,
  );
}

function resnetBase(run: Run, checkpoint: Checkpoint): TunedBase {
  const encoder = trainedPictureEncoder.parse(run.encoder);
  const isLabRun = encoder.endsWith('-lab');
  const { tensors } = decodeCheckpoint(checkpoint.weights);
  const layers = resnetLayers(pictureEncoderPlan(encoder, headOfRun(run)));
  const [first = ''] = layers;
  return {
    record: recordOfRun(run, checkpoint),
    size: Number(run.settings['size']),
    layers,
    firstLayer: (chosen = first) => {
      checkLayer(layers, chosen);
      return chosen;
    },
    plan: ({ head, trainFrom, layerDecay, isLab }) => {
      if (isLab !== isLabRun) throw refused(otherColours(run, isLab));
      const plan = tunedResnet(pictureEncoderPlan(encoder, head), trainFrom, layerDecay);
      return withGivenWeights(plan, tensors);
    },
  };
}

function otherColours({ name }: Run, isLab: boolean): string {
  return isLab
    ? `"${name}" takes whole colours`
    : `"${name}" takes lightness and colour apart (CMC)`;
}

function recordOfRun({ id, name }: Run, { weightsHash }: Checkpoint) {
  return { on: id, name, hash: weightsHash };
}

function givenLength(tensors: readonly CheckpointTensor[]): number | undefined {
  return tensors.find(({ name }) => name === whiteningNames.directions)?.shape[1];
}

/** @throws EngineError not-found */
function checkpointOf({ library }: EncoderSources, run: Run, hash?: string): Checkpoint {
  const checkpoint =
    hash === undefined ? runCheckpoint(library, run) : checkpointOfWeights(library, run.id, hash);
  if (checkpoint) return checkpoint;
  throw new EngineError(
    'not-found',
    hash === undefined
      ? `The run "${run.name}" has finished no epoch, so there are no weights to go on from; train it first.`
      : `The run "${run.name}" no longer has the weights that the training began with; start it again.`,
  );
}

function checkLayer(layers: readonly string[], name: string): void {
  if (layers.includes(name)) return;
  throw new EngineError(
    'bad-argument',
    unknownNameSentence('The network has no layer', name, layers),
  );
}

function refused(why: string): EngineError {
  return new EngineError(
    'bad-argument',
    `${why}; fine-tune the starter encoder or a run of a network, or train a head or an adapter.`,
  );
}
