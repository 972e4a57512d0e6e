import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';
import { isJudgedSame, judgedCandidates } from '../../losses/judged-pairs.ts';
import type { JudgedColumns, JudgedMasks } from '../../losses/judged-pairs.ts';
import { columnGroups, rowGroups } from './judged-groups.ts';
import { samePairs } from './judged-pair-mask.ts';
import { differentPairs } from './known-negatives.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

type JudgedPlan = Pick<TrainStepPlan, 'verdicts' | 'knownNegatives'>;

/** Whether the steps of a plan use what was judged the same. */
export function usesVerdicts({ verdicts }: JudgedPlan): boolean {
  return verdicts === 'mask' || verdicts === 'attract';
}

/** The candidates with verdicts applied to their masks, if the plan uses verdicts and its source does not. */
export function withVerdicts(
  plan: JudgedPlan & Pick<TrainStepPlan, 'source'>,
  candidates: Candidates,
  input: (name: string) => tf.Tensor,
): Candidates {
  if (!usesVerdicts(plan) || plan.source.appliesVerdicts) return candidates;
  const judged = judgedCandidates(candidates, judgedColumns(input), plan.verdicts === 'attract');
  if (!plan.knownNegatives) return judged;
  return { ...judged, isKnownNegative: knownNegatives(judged, input) };
}

/** What verdicts say of a step's anchors and columns; null if the plan uses none. */
export function judgedMasks(
  plan: JudgedPlan,
  input: (name: string) => tf.Tensor,
): JudgedMasks | null {
  if (!usesVerdicts(plan)) return null;
  const isSame = isJudgedSame(judgedColumns(input));
  return plan.knownNegatives
    ? { isSame, isDifferent: tf.greater(input(differentPairs), 0) }
    : { isSame };
}

function judgedColumns(input: (name: string) => tf.Tensor): JudgedColumns {
  return {
    rows: input(rowGroups) as tf.Tensor1D,
    columns: input(columnGroups) as tf.Tensor1D,
    pairs: input(samePairs) as tf.Tensor2D,
  };
}

/** The negatives that were judged different, [A, M]. */
function knownNegatives({ isNegative }: Candidates, input: (name: string) => tf.Tensor): tf.Tensor {
  return tf.logicalAnd(isNegative, tf.greater(input(differentPairs), 0));
}
