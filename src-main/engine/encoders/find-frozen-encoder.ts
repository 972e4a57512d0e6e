import type { Decoding } from '../../contract/decoding.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { takesFeatures } from '../../contract/encoder-kinds.ts';
import type { RunReference } from '../../contract/runs.ts';
import { whiteningTo } from '../networks/whitened-parts.ts';
import { checkpointOfWeights, runCheckpoint } from '../store/checkpoints.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { decodingOfRun } from './embedding/decoded-identity.ts';
import type { FrozenEncoder } from './embedding/encoder.ts';
import { frozenOf } from './embedding/frozen-record.ts';
import { findReadyEncoder } from './find-ready-encoder.ts';
import type { EncoderSources } from './embedding/encoder-sources.ts';
import { refusalOfHead } from './trained/head-encoder.ts';
import { picturePlanOfRun } from './trained/plan-of-run.ts';
import { trainedEncoder } from './trained/trained-encoder.ts';

/**
 * The frozen encoder for a head: one that needs no training, or that of a run. Of a trained run it has
 * the weights with the given `hash`, or without one those that the run has. `decoding` is that of the
 * library if it is left out; a trained run has its own.
 * @throws EngineError not-found, bad-argument if a run has no encoder that takes pictures
 */
export async function findFrozenEncoder(
  sources: EncoderSources,
  on: RunReference,
  hash?: string,
  decoding?: Decoding,
): Promise<FrozenEncoder> {
  const ready = await findReadyEncoder(sources, on, decoding);
  if (ready) return ready.asFrozen();
  const run = findRun(sources.library, on);
  if (run.kind === 'imported') {
    throw new EngineError(
      'bad-argument',
      `The embeddings of "${run.name}" were made elsewhere, so there is no encoder here that could embed augmented views; train a head on the starter encoder, a trained run or a loaded encoder.`,
    );
  }
  if (run.kind === 'trained') return await frozenTrained(sources, run, hash);
  return findFrozenEncoder(sources, run.encoder, hash, decoding);
}

/**
 * A trained run's encoder with the weights of the given hash, or without one those of its last
 * epoch.
 */
async function frozenTrained(
  sources: EncoderSources,
  run: Run,
  hash?: string,
): Promise<FrozenEncoder> {
  const { library } = sources;
  if (takesFeatures(run.encoder)) {
    throw refusalOfHead(run, frozenOf(run)?.name ?? 'another encoder');
  }
  const checkpoint =
    hash === undefined ? runCheckpoint(library, run) : checkpointOfWeights(library, run.id, hash);
  if (checkpoint) {
    return trainedEncoder(run, checkpoint, await picturePlanOfRun(sources, run));
  }
  throw new EngineError(
    'not-found',
    hash === undefined
      ? `The run "${run.name}" has finished no epoch, so it has no features to train on; train it first.`
      : `The run "${run.name}" no longer has the weights that the head was trained on; train the head again.`,
  );
}

/**
 * The frozen encoder before the head of a run.
 * @throws EngineError not-found, bad-argument if it is no longer the encoder that the run recorded
 */
export async function frozenEncoderOfRun(
  sources: EncoderSources,
  run: Run,
): Promise<FrozenEncoder> {
  const record = frozenOf(run);
  if (!record) throw new Error(`The run ${run.name} is no head.`);
  const decoding = decodingOfRun(run);
  const found = await findFrozenEncoder(sources, record.on, record.hash, decoding);
  if (found.hash === record.hash && found.dimensions === record.dimensions) {
    return { ...found, whitening: whiteningTo(record.whitened, found) };
  }
  const lengths =
    found.dimensions === record.dimensions
      ? ''
      : ` (${found.dimensions} numbers a picture instead of ${record.dimensions})`;
  throw new EngineError(
    'bad-argument',
    `"${run.name}" was trained on the features of ${record.name}, which gives other ones now${lengths}; train it again.`,
  );
}
