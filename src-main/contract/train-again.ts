import { EngineError } from './errors/errors.ts';
import { fitObjective } from './objectives/fit-objective.ts';
import { describeObjective } from './objectives/describe-objective.ts';
import { partsAmong } from './objectives/parse-objective.ts';
import { parseObjectivePreset } from './objectives/presets.ts';
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
  const parts = partsAmong(run.settings);
  const keys = describeObjective(preset, parts).settings.map(({ key }) => key);
  const input = trainInput.parse({
    encoder,
    objective: preset,
    settings: { ...parts, ...among(run.settings, keys) },
    head: headOfRun(run),
    ...among(run.settings, [...trainingKeys, ...Object.keys(optimisationChoice.shape)]),
    device: run.device ?? 'auto',
    verdicts,
  });
  checkVerdictUse(verdicts, fitObjective(preset, input.settings, { batch: input.batch, pictures }));
  return input;
}

function among(
  settings: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  const known = keys.filter((key) => settings[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, settings[key]]));
}
