import { epochsOf } from './epochs.ts';
import { EngineError } from './errors/errors.ts';
import { fitObjective } from './objectives/fit-objective.ts';
import { parseObjectivePreset } from './objectives/presets.ts';
import { temperatureOf } from './fine-tuning.ts';
import { trainInput } from './runs.ts';
import type { RunSummary, TrainInput } from './runs.ts';
import { trainAgainInput } from './train-again.ts';
import { checkVerdictUse } from './verdict-use.ts';
import type { VerdictUse } from './verdict-use.ts';

/** What of a run says how verdicts train it. */
type TrainedRun = Parameters<typeof trainAgainInput>[0] & Pick<RunSummary, 'kind'>;

/**
 * Whether verdicts train an adapter on a run's encoder: there is no training to repeat where the encoder
 * was not trained here.
 */
export function trainsAdapter({ kind }: Pick<RunSummary, 'kind'>): boolean {
  return kind === 'loaded';
}

/**
 * The input of the training that brings verdicts into a run: its own training once more, or an adapter
 * on its encoder (`trainsAdapter`), as `train --encoder adapter --on NAME` trains it.
 * @throws EngineError bad-argument where a run has no encoder here, or verdicts cannot be used with it
 */
export function verdictTraining(run: TrainedRun, use: VerdictUse, pictures: number): TrainInput {
  if (run.kind === 'imported') {
    throw new EngineError(
      'bad-argument',
      `"${run.name}" was imported as vectors: there is no encoder here that could be trained. Verdicts count for all runs; choose one with an encoder, such as the starter encoder.`,
    );
  }
  return trainsAdapter(run)
    ? adapterInput(run.encoder, use, pictures)
    : trainAgainInput(run, use, pictures);
}

/**
 * An adapter on an encoder that needs no training, with the defaults of a new training; of few pictures
 * all are a batch.
 */
function adapterInput(on: string, verdicts: VerdictUse, pictures: number): TrainInput {
  const defaults = trainInput.parse({ encoder: 'adapter', on, verdicts });
  // Of fewer than two pictures the engine says that they are too few.
  const input = { ...defaults, batch: Math.min(defaults.batch, Math.max(2, pictures)) };
  const { batch, encoder, objective, settings } = input;
  const size = { batch, epochs: epochsOf(input), pictures, temperature: temperatureOf(encoder) };
  checkVerdictUse(verdicts, fitObjective(parseObjectivePreset(objective), settings, size));
  return input;
}
