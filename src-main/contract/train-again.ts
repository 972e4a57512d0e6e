import { z } from 'zod';
import { batchChoice } from './batch-drawing.ts';
import { viewCount } from './cached-views.ts';
import { temperatureOf } from './fine-tuning.ts';
import { epochsOf } from './epochs.ts';
import { EngineError } from './errors/errors.ts';
import { fitObjective } from './objectives/fit-objective.ts';
import { describeObjective } from './objectives/describe-objective.ts';
import { partsAmong } from './objectives/parse-objective.ts';
import { parseObjectivePreset } from './objectives/presets.ts';
import type { ObjectivePreset } from './objectives/presets.ts';
import { optimisationChoice } from './optimisation.ts';
import { takesFeatures } from './encoder-kinds.ts';
import { adapterOfRun, headOfRun } from './projection-heads.ts';
import { runReference, trainableEncoder, trainInput } from './runs.ts';
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
  'groupPositives',
  'adapterStart',
  'labels',
  'labelsOf',
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
  const base = baseOfRun(run);
  if (run.objective === null || base === null) {
    throw new EngineError(
      'bad-argument',
      `The encoder of "${run.name}" was not trained here: choose a trained run, or train one with verdicts in Train.`,
    );
  }
  const preset = parseObjectivePreset(run.objective);
  const asRecorded = trainInput.parse({
    ...base,
    objective: preset,
    ...recordedChoices(preset, run.settings),
    head: headOfRun(run),
    ...among(run.settings, trainingKeys),
    device: run.device ?? 'auto',
    ...batchesAgain(run.settings, verdicts),
  });
  const input = { ...asRecorded, ...verdictChoice(asRecorded.settings, verdicts) };
  const { batch, encoder } = input;
  const size = { batch, epochs: epochsOf(input), pictures, temperature: temperatureOf(encoder) };
  checkVerdictUse(input.verdicts, fitObjective(preset, input.settings, size));
  return input;
}

/** A use of verdicts; SupCon attracts them by its own setting, and masks none of its positives. */
function verdictChoice(
  settings: TrainInput['settings'],
  verdicts: VerdictUse,
): Pick<TrainInput, 'verdicts' | 'settings'> {
  const { positivesFrom } = settings;
  if (positivesFrom === undefined || verdicts === 'ignore') return { verdicts, settings };
  if (verdicts === 'mask') {
    const labelsAlone = positivesFrom === 'both' && { positivesFrom: 'labels' };
    return { verdicts, settings: { ...settings, ...labelsAlone } };
  }
  const added = positivesFrom === 'labels' ? 'both' : positivesFrom;
  return { verdicts: 'ignore', settings: { ...settings, positivesFrom: added } };
}

/**
 * What a run trained, and on what: the encoder, with the one below a head or an adapter and its views, or
 * with the one that a fine-tuning went on from. Null for a run that was not trained here.
 */
function baseOfRun({
  encoder: trained,
  settings,
}: Pick<RunSummary, 'encoder' | 'settings'>): Partial<TrainInput> | null {
  const tuned = tunedChoices({ settings });
  if (tuned) return tuned;
  const encoder = trainableEncoder.safeParse(trained.replace(/-lab$/, '')).data;
  if (encoder === undefined) return null;
  if (!takesFeatures(encoder)) return { encoder };
  const recorded = featureBase.safeParse(settings).data;
  if (recorded === undefined) return null;
  const { frozen, views } = recorded;
  const adapter = encoder === 'adapter' && { adapter: adapterOfRun({ settings }) };
  return { encoder, on: frozen.on, views, ...adapter };
}

const featureBase = z.object({
  frozen: z.object({ on: runReference }),
  views: viewCount,
});

const tunedBase = z.object({
  tuned: z.object({
    on: runReference,
    trainFrom: z.string(),
    layerDecay: z.number(),
    lora: z.number().optional(),
  }),
  // Where none are recorded, each step had fresh views.
  views: viewCount.default(0),
});

/** What a fine-tuned run went on from and what was chosen, as a training's input; null for other runs. */
export function tunedChoices({
  settings,
}: Pick<RunSummary, 'settings'>): Partial<TrainInput> | null {
  const recorded = tunedBase.safeParse(settings).data;
  if (!recorded) return null;
  const { tuned, views } = recorded;
  return { encoder: 'finetune', ...tuned, views };
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

/** How the batches were drawn; without verdicts nothing draws what was judged different, or by it. */
function batchesAgain(
  settings: Readonly<Record<string, unknown>>,
  verdicts: VerdictUse,
): Record<string, unknown> {
  const recorded = among(settings, Object.keys(batchChoice.shape));
  if (verdicts !== 'ignore') return recorded;
  if (recorded['groupBy'] === 'verdicts') return {};
  return among(
    recorded,
    Object.keys(recorded).filter((key) => key !== 'differentRate'),
  );
}

function among(
  settings: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  const known = keys.filter((key) => settings[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, settings[key]]));
}
