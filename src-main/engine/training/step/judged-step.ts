import type * as tf from '@tensorflow/tfjs';
import type { VerdictUse } from '../../../contract/verdict-use.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { attracting, judgedCandidates, pulledTogether } from '../../losses/judged-pairs.ts';
import type { ObjectiveScalars, Selection } from '../../losses/selection.ts';
import { columnGroups, rowGroups } from './judged-groups.ts';
import type { SourceInputs, SourceStep, TrainingSource } from '../sources/training-source.ts';

/** A step's source and selection under the verdicts on pairs of pictures. */
interface JudgedPlan {
  readonly source: TrainingSource;
  readonly selection: Selection;
  readonly verdicts?: VerdictUse;
}

/** Whether the steps take the groups of pictures that were judged the same. */
export function usesVerdicts({ verdicts }: Pick<JudgedPlan, 'verdicts'>): boolean {
  return verdicts === 'mask' || verdicts === 'attract';
}

/** The source's part of a step, its candidates judged and, to attract, its loss pulled together. */
export function judgedStep(plan: JudgedPlan, inputs: Omit<SourceInputs, 'judged'>): SourceStep {
  const { input, scalars } = inputs;
  const judged = (candidates: Candidates): Candidates => {
    if (!usesVerdicts(plan)) return candidates;
    const groups = {
      rows: input(rowGroups) as tf.Tensor1D,
      columns: input(columnGroups) as tf.Tensor1D,
    };
    return judgedCandidates(candidates, groups, plan.verdicts === 'attract');
  };
  const step = plan.source.build({ ...inputs, judged });
  return plan.verdicts === 'attract' ? pulledStep(step, scalars) : step;
}

/** The selection as the ledger goes back through it. */
export function judgedSelection({ selection, verdicts }: JudgedPlan): Selection {
  return verdicts === 'attract' ? attracting(selection) : selection;
}

function pulledStep(step: SourceStep, scalars: ObjectiveScalars): SourceStep {
  return {
    ...step,
    loss: (z) => {
      const { output, candidates } = step.loss(z);
      if (!candidates) return { output, candidates };
      return { output: pulledTogether(output, candidates, scalars), candidates };
    },
  };
}
