import { EngineError } from '../../contract/errors/errors.ts';
import { takesFeatures } from '../../contract/encoder-kinds.ts';
import { readCheckpoint, runCheckpoint } from '../store/checkpoints.ts';
import type { Run } from '../store/runs.ts';
import type { Encoder } from './embedding/encoder.ts';
import { frozenEncoderOfRun } from './find-frozen-encoder.ts';
import type { EncoderSources } from './embedding/encoder-sources.ts';
import { headEncoder } from './trained/head-encoder.ts';
import { picturePlanOfRun } from './trained/plan-of-run.ts';
import { trainedEncoder } from './trained/trained-encoder.ts';

/**
 * The encoder of a trained run, with the weights of the given epoch, or without one those that the run has.
 * @throws EngineError not-found if the epoch was not finished or its weights are not stored; for a head
 * also as `frozenEncoderOfRun`
 */
export async function findTrainedEncoder(
  sources: EncoderSources,
  run: Run,
  epoch?: number,
): Promise<Encoder> {
  const { library } = sources;
  const checkpoint =
    epoch === undefined ? runCheckpoint(library, run) : readCheckpoint(library, run.id, epoch);
  if (!checkpoint) {
    throw new EngineError(
      'not-found',
      epoch === undefined
        ? `The run "${run.name}" has finished no epoch, so there is nothing to embed with; train it first.`
        : `The weights of epoch ${epoch} of the run "${run.name}" are not kept, so there is nothing to embed with.`,
    );
  }
  if (!takesFeatures(run.encoder)) {
    return trainedEncoder(run, checkpoint, await picturePlanOfRun(sources, run));
  }
  return headEncoder(run, checkpoint, await frozenEncoderOfRun(sources, run));
}
