import type { NamedArray } from '../../graph/program.ts';
import type { LossStepSettings } from '../../store/loss-steps.ts';
import { givenRows } from './given-labels.ts';
import { rowGroups } from './judged-groups.ts';
import { pairsAmongRows } from './judged-pair-mask.ts';
import { differentPairs } from './known-negatives.ts';
import { isToldOfDifferent, usesLabels, usesVerdicts } from './judged-step.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

/** What a step that compares its rows with each other knew of its pairs, from its feeds, for its record. */
export function knownPairsOfStep(
  plan: Pick<TrainStepPlan, 'verdicts' | 'labels' | 'knownNegatives'>,
  feeds: Readonly<Record<string, NamedArray['values']>>,
): Omit<LossStepSettings, 'scalars'> {
  const { verdicts, labels } = plan;
  const groups = feeds[rowGroups];
  const different = isToldOfDifferent(plan) ? pairsAmongRows(feeds, differentPairs) : [];
  return {
    ...(usesVerdicts(plan) &&
      groups && {
        ...{ groups: Array.from(groups), pairs: pairsAmongRows(feeds) },
        ...{ attracts: verdicts === 'attract', contrasts: verdicts === 'positive' },
      }),
    ...(different.length > 0 && { different }),
    ...(usesLabels(plan) && { labels: labelsOfRows(feeds), labelUse: labels }),
  };
}

/** The given labels of the rows, slot after slot. */
function labelsOfRows(feeds: Readonly<Record<string, NamedArray['values']>>): number[][] {
  const slots: number[][] = [];
  for (let feed = feeds[givenRows(0)]; feed; feed = feeds[givenRows(slots.length)]) {
    slots.push(Array.from(feed));
  }
  return slots;
}
