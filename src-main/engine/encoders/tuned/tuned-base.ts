import { EngineError } from '../../../contract/errors/errors.ts';
import { takesFeatures } from '../../../contract/encoder-kinds.ts';
import { defaultTunedSize } from '../../../contract/fine-tuning.ts';
import { headOfRun } from '../../../contract/projection-heads.ts';
import { readyEncoders, trainedPictureEncoder } from '../../../contract/runs.ts';
import type { RunReference } from '../../../contract/runs.ts';
import { decodeCheckpoint } from '../../checkpoints/checkpoint-format.ts';
import { pictureEncoderPlan } from '../../networks/trainable-encoder.ts';
import { encoderByIdentity, encoderByName } from '../../store/encoders.ts';
import type { StoredEncoder } from '../../store/encoders.ts';
import { checkpointOfWeights, runCheckpoint } from '../../store/checkpoints.ts';
import type { Checkpoint } from '../../store/checkpoints.ts';
import { findRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';
import type { EncoderSources } from '../embedding/encoder-sources.ts';
import { frozenOf } from '../embedding/frozen-record.ts';
import { secondsPerView } from '../embedding/encoder-speed.ts';
import { starter } from '../starter/starter-encoder.ts';
import { starterSide } from '../starter/starter-network.ts';
import { adaptedStarter } from '../starter/starter-whitening.ts';
import { tunableStarter } from '../starter/tunable-starter.ts';
import { weightFree } from '../weight-free/weight-free-vectors.ts';
import { withGivenWeights } from './given-weights.ts';
import { networkBase } from './network-base.ts';
import { tunableLoaded } from './tunable-loaded.ts';
import { checkLayer, recordOfRun, refusedTuning } from './tuned-encoder.ts';
import type { RunToTune, TunedBase } from './tuned-encoder.ts';
import { tunedOf } from './tuned-record.ts';
import { resnetLayers, tunedResnet } from './tuned-resnet.ts';

/**
 * The encoder to fine-tune: the starter encoder, one that was added, or that of a run with the weights of the
 * given `hash`, or without one those that the run has.
 * @throws EngineError not-found, unsupported-operation, bad-argument if it has no weights that can be trained
 * further here
 */
export async function findTunedBase(
  sources: EncoderSources,
  on: RunReference,
  hash?: string,
): Promise<TunedBase> {
  if (on === starter) return await starterBase(sources, null);
  if (weightFree(String(on))) {
    throw refusedTuning(`There are no weights to tune in ${readyEncoders[String(on)] ?? on}`);
  }
  const stored = encoderByName(sources.library, String(on));
  if (stored) return await loadedBase(sources, stored, null);
  const run = findRun(sources.library, on);
  if (run.kind !== 'trained') {
    if (run.kind === 'loaded' && run.encoder !== String(on)) {
      return await findTunedBase(sources, run.encoder, hash);
    }
    throw refusedTuning(`"${run.name}" was not trained here`);
  }
  const tuned = { run, checkpoint: checkpointOf(sources, run, hash) };
  return takesFeatures(run.encoder) || run.encoder === 'finetune'
    ? await featureBase(sources, tuned)
    : resnetBase(sources, tuned);
}

/**
 * The encoder that a run went on from, with the weights that it had then; null for other runs.
 * @throws EngineError as `findTunedBase`
 */
export async function tunedBaseOfRun(
  sources: EncoderSources,
  run: Pick<Run, 'settings'>,
): Promise<TunedBase | null> {
  const record = tunedOf(run);
  return record && (await findTunedBase(sources, record.on, record.hash ?? undefined));
}

async function starterBase(
  { modelFolder, library }: EncoderSources,
  tuned: RunToTune | null,
): Promise<TunedBase> {
  return await tunedStarterBase(modelFolder, speedAt(library, starter, starterSide), tuned);
}

/**
 * The starter encoder to fine-tune, as `findTunedBase` finds it, without a library.
 * @throws EngineError not-found if its files cannot be read
 */
export async function tunedStarterBase(
  modelFolder: string,
  secondsPerPicture: TunedBase['secondsPerPicture'] = () => null,
  tuned: RunToTune | null = null,
): Promise<TunedBase> {
  const network = {
    network: await tunableStarter(modelFolder),
    secondsPerPicture,
    record: { on: starter, name: 'the starter encoder', hash: null },
    ...{ whitening: [adaptedStarter], size: defaultTunedSize, isFixedSize: false },
    firstLayer: firstStarterLayer,
  };
  return networkBase(network, tuned);
}

/** Where the starter encoder is trained from, where nothing is chosen (docs/recipes.md). */
const firstStarterLayer = 'expanded_conv_10';

async function loadedBase(
  { library }: EncoderSources,
  stored: StoredEncoder,
  tuned: RunToTune | null,
): Promise<TunedBase> {
  const { name, description } = stored;
  const network = await tunableLoaded(stored);
  return networkBase(
    {
      ...{ network, whitening: null, size: description.preprocessing.width, isFixedSize: true },
      record: { on: name, name, hash: null, loaded: name },
      firstLayer: lastQuarter(network.layers),
      secondsPerPicture: speedAt(library, name, description.preprocessing.width),
    },
    tuned,
  );
}

/**
 * The first layer of the last quarter: what is before it is general (Yosinski et al. 2014), takes most of the
 * time and memory of a step, and is changed too far by few pictures.
 */
function lastQuarter(layers: readonly string[]): string {
  return layers[Math.floor(0.75 * layers.length)] ?? '';
}

/** A run on the features of an encoder, or on its network. */
async function featureBase(sources: EncoderSources, tuned: RunToTune): Promise<TunedBase> {
  const { run } = tuned;
  const frozen = frozenOf(run);
  const isLinear = run.encoder === 'finetune' || run.settings['adapter'] === 'linear';
  if (isLinear && run.encoder !== 'head') {
    const stored = loadedBelow(sources, run);
    if (stored) return await loadedBase(sources, stored, tuned);
    if (run.encoder === 'finetune' || frozen?.on === starter) {
      return await starterBase(sources, tuned);
    }
  }
  throw refusedTuning(
    `"${run.name}" is ${run.encoder === 'head' ? 'a head' : 'an adapter'} on ${frozen?.name ?? 'features'}, which this version cannot tune together`,
  );
}

/** The encoder that was added, and that a run tuned or has an adapter on; null for other runs. */
function loadedBelow({ library }: EncoderSources, run: Run): StoredEncoder | null {
  const record = tunedOf(run);
  if (record) {
    return record.loaded === undefined ? null : encoderByIdentity(library, record.network ?? '');
  }
  const on = frozenOf(run)?.on;
  return typeof on === 'string' ? encoderByName(library, on) : null;
}

/** By the speed of an encoder at a size; a pass takes as long as there are pixels. */
function speedAt(
  library: EncoderSources['library'],
  on: RunReference,
  measured: number,
): TunedBase['secondsPerPicture'] {
  return (size) => {
    const seconds = secondsPerView(library, { on, hash: '' });
    return seconds && seconds * (size / measured) ** 2;
  };
}

function resnetBase({ library }: EncoderSources, tuned: RunToTune): TunedBase {
  const { run, checkpoint } = tuned;
  const encoder = trainedPictureEncoder.parse(run.encoder);
  const isLabRun = encoder.endsWith('-lab');
  const { tensors } = decodeCheckpoint(checkpoint.weights);
  const layers = resnetLayers(pictureEncoderPlan(encoder, headOfRun(run)));
  const [first = ''] = layers;
  return {
    record: recordOfRun(tuned),
    size: Number(run.settings['size']),
    secondsPerPicture: speedAt(library, run.id, Number(run.settings['size'])),
    layers,
    firstLayer: (chosen = first) => {
      checkLayer(layers, chosen);
      return chosen;
    },
    plan: ({ head, trainFrom, layerDecay, lora, isLab }) => {
      if (lora) throw refusedTuning(`"${run.name}" has no linear layers, which LoRA is of`);
      if (isLab !== isLabRun) throw refusedTuning(otherColours(run, isLab));
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
