import { isFineTuning } from './encoder-kinds.ts';
import { partsOf } from './objectives/parse-objective.ts';
import { parseObjectivePreset } from './objectives/presets.ts';
import type { TrainInput } from './runs.ts';

/** The epochs of a training for which none are chosen. */
export const defaultEpochs = 30;

/**
 * The same with a memory bank, whose steps encode one view of a picture where the others encode two:
 * as many views in all (docs/objectives.md has what 30 and 60 epochs lead to).
 */
export const defaultBankEpochs = 60;

/** The epochs of fine-tuning, which begins with an encoder that was trained before (docs/recipes.md). */
export const defaultTunedEpochs = 16;

/**
 * The epochs of a training: the chosen ones, or the default of its source of negatives.
 * @throws EngineError bad-argument for an unknown objective
 */
export function epochsOf({
  epochs,
  objective,
  settings,
  encoder = '',
}: Pick<TrainInput, 'epochs' | 'objective' | 'settings'> & { readonly encoder?: string }): number {
  if (epochs !== undefined) return epochs;
  if (isFineTuning(encoder)) return defaultTunedEpochs;
  const { source } = partsOf(parseObjectivePreset(objective), settings);
  return source === 'bank' ? defaultBankEpochs : defaultEpochs;
}
