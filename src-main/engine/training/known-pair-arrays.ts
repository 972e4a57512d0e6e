import type { TrainInput } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { presentSamples } from '../store/samples.ts';
import { trainingVerdicts } from '../verdicts/training-verdicts.ts';
import { givenLabels } from './given-labels.ts';
import type { TrainingPlan } from './plan/training-plan.ts';
import type { TrainingState } from './plan/training-state.ts';
import { givenLabelsArray } from './step/given-labels.ts';
import { isToldOfDifferent, usesLabels, usesVerdicts } from './step/judged-step.ts';
import { verdictArrays } from './training-verdict-arrays.ts';

/** What is known of pairs at the start of a run, which it keeps to its end. */
export function knownPairArrays(
  library: Library,
  { step, batches, heldOut, seed }: TrainingPlan,
  sampleIds: Uint32Array,
  splits: TrainInput['labelsOf'],
): TrainingState['arrays'] {
  const holdOut = { share: heldOut.heldOut, seed };
  const feedsDifferent = batches.settings.differentRate > 0 || isToldOfDifferent(step);
  return {
    ...(usesVerdicts(step) &&
      verdictArrays(trainingVerdicts(library, sampleIds, holdOut), feedsDifferent)),
    ...(usesLabels(step) && {
      [givenLabelsArray]: givenLabels(presentSamples(library), sampleIds, splits),
    }),
  };
}
