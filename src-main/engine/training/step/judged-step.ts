import type * as tf from '@tensorflow/tfjs';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { isJudgedSame } from '../../losses/judged-pairs.ts';
import { withKnownColumns } from '../../losses/known-columns.ts';
import type { KnownColumns } from '../../losses/known-columns.ts';
import { sharesLabel } from '../../losses/shared-labels.ts';
import { givenColumns, givenLabelInputs, givenRows } from './given-labels.ts';
import { columnGroups, groupInputs, rowGroups } from './judged-groups.ts';
import { pairInput, samePairs } from './judged-pair-mask.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

type JudgedPlan = Pick<TrainStepPlan, 'verdicts'>;
type LabelledPlan = Pick<TrainStepPlan, 'labels'>;
type KnowingPlan = Pick<TrainStepPlan, 'verdicts' | 'labels' | 'givenSlots'>;

/** Whether the steps of a plan use what was judged the same. */
export function usesVerdicts({ verdicts = 'ignore' }: JudgedPlan): boolean {
  return verdicts !== 'ignore';
}

/** Whether the steps of a plan use labels, besides recording them in the ledger. */
export function usesLabels({ labels = 'ignore' }: LabelledPlan): boolean {
  return labels !== 'ignore';
}

/** The inputs of a step by which it knows pairs that show the same. */
export function knownPairInputs(plan: KnowingPlan & Pick<TrainStepPlan, 'source'>): InputSpec[] {
  const { anchors, columns } = plan.source;
  return [
    ...(usesVerdicts(plan) ? [...groupInputs(anchors, columns), pairInput(anchors, columns)] : []),
    ...(usesLabels(plan) ? givenLabelInputs(anchors, columns, plan.givenSlots ?? 1) : []),
  ];
}

/** The candidates with verdicts and labels applied to their masks, as far as the plan uses them. */
export function withKnownPairs(
  plan: KnowingPlan,
  candidates: Candidates,
  input: (name: string) => tf.Tensor,
): Candidates {
  const known: KnownColumns[] = [];
  const { verdicts = 'ignore', labels = 'ignore', givenSlots = 1 } = plan;
  if (usesVerdicts(plan)) {
    const isSame = isJudgedSame({
      rows: input(rowGroups) as tf.Tensor1D,
      columns: input(columnGroups) as tf.Tensor1D,
      pairs: input(samePairs) as tf.Tensor2D,
    });
    known.push({ use: verdicts, isSame });
  }
  if (usesLabels(plan)) {
    const slots = Array.from({ length: givenSlots }, (_, slot) => ({
      rows: input(givenRows(slot)) as tf.Tensor1D,
      columns: input(givenColumns(slot)) as tf.Tensor1D,
    }));
    known.push({ use: labels, isSame: sharesLabel(slots) });
  }
  return known.length === 0 ? candidates : withKnownColumns(candidates, known);
}
