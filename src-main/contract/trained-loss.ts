import type { RunSummary } from './runs.ts';
import { describeObjective } from './objectives/describe-objective.ts';
import { parseObjectivePreset, presets } from './objectives/presets.ts';
import { partsOf } from './objectives/parse-objective.ts';
import { recordedNegatives } from './recorded-negatives.ts';

/** What of a run says by which loss it was trained. */
type TrainedRun = Pick<RunSummary, 'kind' | 'objective' | 'settings'>;

/** What stands beside losses that `areLossesComparable` denies. */
export const lossesDifferText =
  'Losses of different objectives (or settings of one), temperatures or numbers of negatives cannot be compared.';

/** How many negatives each anchor of a training had before a selection; null where it is not known. */
export function trainedNegatives(run: TrainedRun): number | null {
  return trainedObjective(run) && (recordedNegatives(run)?.count ?? null);
}

/** Whether the losses of these runs are the same function of as many negatives. */
export function areLossesComparable(runs: readonly TrainedRun[]): boolean {
  return new Set(runs.map(lossKey)).size < 2;
}

function lossKey(run: TrainedRun): string {
  const trained = trainedObjective(run);
  if (trained === null) return JSON.stringify([run.kind, run.objective]);
  const { preset, source, selection, loss } = trained;
  const values = describeObjective(preset, { source, selection, loss })
    .settings.filter(({ group }) => group === 'loss' || group === 'selection')
    .map(({ key, default: otherwise }) => [key, run.settings[key] ?? otherwise]);
  return JSON.stringify([source, selection, loss, values, trainedNegatives(run)]);
}

/** The parts of a training's objective; null for a run that was not trained here. */
function trainedObjective({ kind, objective, settings }: TrainedRun) {
  if (kind !== 'trained' || objective === null || !Object.hasOwn(presets, objective)) return null;
  const preset = parseObjectivePreset(objective);
  return { preset, ...partsOf(preset, settings) };
}
