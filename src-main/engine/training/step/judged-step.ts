import type * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';
import { judgedCandidates } from '../../losses/judged-pairs.ts';
import { columnGroups, rowGroups } from './judged-groups.ts';
import { samePairs } from './judged-pair-mask.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

type JudgedPlan = Pick<TrainStepPlan, 'verdicts'>;

/** Whether the steps of a plan use what was judged the same. */
export function usesVerdicts({ verdicts }: JudgedPlan): boolean {
  return verdicts === 'mask' || verdicts === 'attract';
}

/** The candidates with verdicts applied to their masks, if the plan uses verdicts. */
export function withVerdicts(
  plan: JudgedPlan,
  candidates: Candidates,
  input: (name: string) => tf.Tensor,
): Candidates {
  if (!usesVerdicts(plan)) return candidates;
  const judged = {
    rows: input(rowGroups) as tf.Tensor1D,
    columns: input(columnGroups) as tf.Tensor1D,
    pairs: input(samePairs) as tf.Tensor2D,
  };
  return judgedCandidates(candidates, judged, plan.verdicts === 'attract');
}
