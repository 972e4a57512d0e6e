import { epochsOf } from './epochs.ts';
import { EngineError } from './errors/errors.ts';
import { fitObjective } from './objectives/fit-objective.ts';
import { describeObjective } from './objectives/describe-objective.ts';
import { partsAmong } from './objectives/parse-objective.ts';
import { parseObjectivePreset } from './objectives/presets.ts';
import type { ObjectivePreset } from './objectives/presets.ts';
import { optimisationChoice } from './optimisation.ts';
import { headOfRun } from './projection-heads.ts';
import { trainableEncoder, trainInput } from './runs.ts';
import type { RunSummary, TrainInput } from './runs.ts';
import { checkVerdictUse } from './verdict-use.ts';
import type { VerdictUse } from './verdict-use.ts';

/** The settings of a run that say how it was trained, besides its objective and optimisation. */
const trainingKeys = [
  'augmentation',
  'augmentationOverrides',
  'epochs',
  'batch',
  'size',
  'seed',
  'ledgerSize',
  'keepCheckpoints',
  'heldOut',
  'keepEpoch',
  'patience',
] as const;

/**
 * The input of a run's training, to repeat it with another use of verdicts.
 * @throws EngineError bad-argument when the run was not trained here, or verdicts cannot be used with
 * it
 */
export function trainAgainInput(
  run: Pick<RunSummary, 'name' | 'encoder' | 'objective' | 'settings' | 'device'>,
  verdicts: VerdictUse,
  pictures: number,
): TrainInput {
  const encoder = trainableEncoder.safeParse(run.encoder.replace(/-lab$/, '')).data;
  if (run.objective === null || encoder === undefined) {
    throw new EngineError(
      'bad-argument',
      `The encoder of "${run.name}" was not trained here: choose a trained run, or train one with verdicts in Train.`,
    );
  }
  const preset = parseObjectivePreset(run.objective);
  const input = trainInput.parse({
    encoder,
    objective: preset,
    ...recordedChoices(preset, run.settings),
    head: headOfRun(run),
    ...among(run.settings, trainingKeys),
    device: run.device ?? 'auto',
    verdicts,
  });
  const size = { batch: input.batch, epochs: epochsOf(input), pictures };
  checkVerdictUse(verdicts, fitObjective(preset, input.settings, size));
  return input;
}

/**
 * The objective's settings and the optimisation that a run began with, defaults of its time included,
 * as the input of a training.
 */
export function recordedChoices(
  preset: ObjectivePreset,
  recorded: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const parts = partsAmong(recorded);
  const keys: string[] = describeObjective(preset, parts).settings.map(({ key }) => key);
  return {
    settings: {
      ...parts,
      // Runs of earlier versions did not record it: they had no splits.
      ...(keys.includes('batchNormSplits') && { batchNormSplits: 1 }),
      ...among(recorded, keys),
    },
    ...among(recorded, Object.keys(optimisationChoice.shape)),
  };
}

function among(
  settings: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  const known = keys.filter((key) => settings[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, settings[key]]));
}
