import { EngineError } from '../../contract/errors.ts';
import { takesFeatures } from '../../contract/head-training.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { encoderByName } from '../store/encoders.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { starter } from './starter/embed-starter.ts';
import type { FrozenEncoder } from './embedding/frozen-encoder.ts';
import { frozenLoaded } from './loaded/frozen-loaded.ts';
import { frozenStarter } from './starter/frozen-starter.ts';
import { frozenTrained } from './trained/frozen-trained.ts';
import { frozenWeightFree } from './weight-free/frozen-weight-free.ts';
import { weightFree } from './weight-free/weight-free.ts';

/** Where encoders are found. */
export interface EncoderPlaces {
  readonly library: Library;
  readonly modelFolder: string;
}

/**
 * The encoder that a head is to be trained on: one that needs no training, or a run's. With `hash`
 * a trained run's is the one of the epoch that had it, not its last one's.
 * @throws EngineError not-found, bad-argument where a run has no encoder that sees pictures
 */
export async function findFrozenEncoder(
  places: EncoderPlaces,
  on: RunReference,
  hash?: string,
): Promise<FrozenEncoder> {
  if (on === starter) return frozenStarter(places.modelFolder);
  const free = weightFree(on);
  if (free) return frozenWeightFree(free);
  const loaded = encoderByName(places.library, String(on));
  if (loaded) return frozenLoaded(loaded);
  const run = findRun(places.library, on);
  if (run.kind === 'imported') {
    throw new EngineError(
      'bad-argument',
      `The embeddings of "${run.name}" were made elsewhere, so there is no encoder here that could be given augmented views; train a head on the starter encoder, a trained run or a loaded encoder.`,
    );
  }
  if (run.kind === 'trained') return trainedBase(places.library, run, hash);
  return findFrozenEncoder(places, run.encoder, hash);
}

function trainedBase(library: Library, run: Run, hash?: string): FrozenEncoder {
  if (takesFeatures(run.encoder)) {
    const base = frozenOf(run)?.name ?? 'another encoder';
    throw new EngineError(
      'bad-argument',
      `"${run.name}" is itself trained on the features of ${base}; train on ${base}, too, or on an encoder that sees pictures.`,
    );
  }
  return frozenTrained(library, run, hash);
}

/** What a head's run keeps of the encoder before it. */
export interface FrozenRecord {
  readonly on: RunReference;
  readonly name: string;
  readonly hash: string;
  readonly dimensions: number;
  readonly whitened: number | null;
}

/** The encoder that a run was trained on the features of; null for a run that is no head. */
export function frozenOf({ settings }: Pick<Run, 'settings'>): FrozenRecord | null {
  return (settings['frozen'] as FrozenRecord | undefined) ?? null;
}

/**
 * The encoder before a head that was trained earlier, as it was then.
 * @throws EngineError not-found, bad-argument when it is another one now
 */
export async function frozenEncoderOfRun(places: EncoderPlaces, run: Run): Promise<FrozenEncoder> {
  const record = frozenOf(run);
  if (!record) throw new Error(`The run ${run.name} is no head.`);
  const found = await findFrozenEncoder(places, record.on, record.hash);
  if (found.hash === record.hash && found.dimensions === record.dimensions) return found;
  const lengths =
    found.dimensions === record.dimensions
      ? ''
      : ` (${found.dimensions} numbers a picture instead of ${record.dimensions})`;
  throw new EngineError(
    'bad-argument',
    `"${run.name}" was trained on the features of ${record.name}, which gives other ones now${lengths}; train it again.`,
  );
}
