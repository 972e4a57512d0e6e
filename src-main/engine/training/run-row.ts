import type { Objective } from '../../contract/objectives/parse-objective.ts';
import { presets } from '../../contract/objectives/presets.ts';
import type { TrainInput } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { createRun, freeRunName, listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import type { TrainingPlan } from './training-plan.ts';

/**
 * The run that a job makes: a new row, or the one it made before it was killed.
 * @throws EngineError bad-argument when the name is taken
 */
export function runOfJob(
  library: Library,
  job: number,
  input: TrainInput,
  plan: TrainingPlan,
  pictures: number,
): Run {
  const known = knownRun(library, job);
  if (known) return known;
  const { augmentation, augmentationOverrides, epochs, batch, size, seed } = input;
  const { ledgerSize, verdicts } = input;
  return createRun(library, {
    name: input.name ?? freeRunName(library, plan.objective.preset),
    kind: 'trained',
    encoder: plan.encoder.name,
    objective: plan.objective.preset,
    settings: {
      ...recordedSettings(plan.objective),
      augmentation,
      ...(Object.keys(augmentationOverrides).length > 0 && { augmentationOverrides }),
      epochs,
      batch,
      size,
      ...plan.optimisation,
      seed,
      ledgerSize,
      verdicts,
      pictures,
      job,
    },
    state: 'training',
  });
}

/** How many pictures there were when the job made its run; null where it has not yet. */
export function picturesOfJob(library: Library, job: number): number | null {
  const pictures = knownRun(library, job)?.settings['pictures'];
  return typeof pictures === 'number' ? pictures : null;
}

function knownRun(library: Library, job: number): Run | undefined {
  return listRuns(library).find((run) => run.settings['job'] === job);
}

/** Its settings, and its parts where they are not the preset's: enough to train it again. */
function recordedSettings({ preset, settings, source, selection, loss }: Objective) {
  const parts = { source, selection, loss };
  const changed = Object.entries(parts).filter(
    ([part, name]) => presets[preset][part as keyof typeof parts] !== name,
  );
  return { ...settings, ...Object.fromEntries(changed) };
}
