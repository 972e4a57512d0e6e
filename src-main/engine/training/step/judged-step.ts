import * as tf from '@tensorflow/tfjs';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { isJudgedSame } from '../../losses/judged-pairs.ts';
import type { JudgedMasks } from '../../losses/judged-pairs.ts';
import { withKnownColumns } from '../../losses/known-columns.ts';
import type { KnownColumns } from '../../losses/known-columns.ts';
import { sharesLabel } from '../../losses/shared-labels.ts';
import { givenColumns, givenLabelInputs, givenRows } from './given-labels.ts';
import { columnGroups, groupInputs, rowGroups } from './judged-groups.ts';
import { pairInput, samePairs } from './judged-pair-mask.ts';
import { differentInput, differentPairs } from './known-negatives.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

type JudgedPlan = Pick<TrainStepPlan, 'verdicts' | 'knownNegatives'>;
type LabelledPlan = Pick<TrainStepPlan, 'labels'>;
type KnowingPlan = JudgedPlan & Pick<TrainStepPlan, 'labels' | 'givenSlots' | 'source'>;

/** Whether the steps of a plan use what was judged the same. */
export function usesVerdicts({ verdicts = 'ignore' }: JudgedPlan): boolean {
  return verdicts !== 'ignore';
}

/** Whether the steps of a plan use labels, besides recording them in the ledger. */
export function usesLabels({ labels = 'ignore' }: LabelledPlan): boolean {
  return labels !== 'ignore';
}

/**
 * Whether the steps of a plan are told what was judged different: where suspicion must not take it for the same, nor a
 * label, before which a verdict goes.
 */
export function isToldOfDifferent(plan: JudgedPlan & LabelledPlan): boolean {
  return usesVerdicts(plan) && (plan.knownNegatives === true || usesLabels(plan));
}

/** The inputs of a step by which it knows pairs that show the same. */
export function knownPairInputs(plan: KnowingPlan): InputSpec[] {
  const { anchors, columns } = plan.source;
  const judged = [
    ...groupInputs(anchors, columns),
    pairInput(anchors, columns),
    ...(isToldOfDifferent(plan) ? [differentInput(anchors, columns)] : []),
  ];
  return [
    ...(usesVerdicts(plan) ? judged : []),
    ...(usesLabels(plan) ? givenLabelInputs(anchors, columns, plan.givenSlots ?? 1) : []),
  ];
}

/**
 * The candidates with verdicts and labels applied to their masks, as far as the plan uses them, and its
 * source has not applied verdicts itself.
 */
export function withKnownPairs(
  plan: KnowingPlan,
  candidates: Candidates,
  input: (name: string) => tf.Tensor,
): Candidates {
  const known: KnownColumns[] = [];
  const { verdicts = 'ignore', labels = 'ignore', givenSlots = 1 } = plan;
  const appliesVerdicts = usesVerdicts(plan) && !plan.source.appliesVerdicts;
  if (appliesVerdicts) known.push({ use: verdicts, isSame: judgedSame(input) });
  if (usesLabels(plan)) {
    const slots = Array.from({ length: givenSlots }, (_, slot) => ({
      rows: input(givenRows(slot)) as tf.Tensor1D,
      columns: input(givenColumns(slot)) as tf.Tensor1D,
    }));
    const shared = sharesLabel(slots);
    const isSame = isToldOfDifferent(plan)
      ? tf.logicalAnd(shared, tf.logicalNot(judgedDifferent(input)))
      : shared;
    known.push({ use: labels, isSame });
  }
  if (known.length === 0) return candidates;
  const columns = candidates.similarity.shape[1];
  const ofReal = known.map(({ use, isSame }) => ({ use, isSame: firstColumns(isSame, columns) }));
  const applied = withKnownColumns(candidates, ofReal);
  if (!plan.knownNegatives || !appliesVerdicts) return applied;
  return { ...applied, isKnownNegative: knownNegatives(applied, input) };
}

/** A mask of the candidates' own columns: further ones are of synthetic negatives, which come later. */
function firstColumns(isSame: tf.Tensor, columns: number): tf.Tensor {
  const [anchors = 0, fed = 0] = isSame.shape;
  return fed === columns ? isSame : tf.slice(isSame, [0, 0], [anchors, columns]);
}

/** What verdicts say of a step's anchors and columns; null if the plan uses none. */
export function judgedMasks(
  plan: JudgedPlan,
  input: (name: string) => tf.Tensor,
): JudgedMasks | null {
  if (!usesVerdicts(plan)) return null;
  const isSame = judgedSame(input);
  return plan.knownNegatives ? { isSame, isDifferent: judgedDifferent(input) } : { isSame };
}

function judgedSame(input: (name: string) => tf.Tensor): tf.Tensor {
  return isJudgedSame({
    rows: input(rowGroups) as tf.Tensor1D,
    columns: input(columnGroups) as tf.Tensor1D,
    pairs: input(samePairs) as tf.Tensor2D,
  });
}

/** The negatives that were judged different, [A, M]. */
function knownNegatives({ isNegative }: Candidates, input: (name: string) => tf.Tensor): tf.Tensor {
  return tf.logicalAnd(isNegative, judgedDifferent(input));
}

function judgedDifferent(input: (name: string) => tf.Tensor): tf.Tensor {
  return tf.greater(input(differentPairs), 0);
}
