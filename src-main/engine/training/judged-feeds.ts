import type { NamedArray } from '../graph/program.ts';
import { drawsPositives } from './step/judged-positives.ts';
import { stateArray } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';
import type { SourceFeeds } from './sources/training-source.ts';
import {
  givenLabelFeeds,
  givenLabelOf,
  givenLabelsArray,
  givenSlots,
} from './step/given-labels.ts';
import { groupFeeds, groupsByPicture, verdictGroupsArray } from './step/judged-groups.ts';
import {
  pairFeeds,
  partnersByPicture,
  verdictPairsArray,
  withThemselves,
} from './step/judged-pair-mask.ts';
import { differentPairs, differentPairsArray } from './step/known-negatives.ts';
import { isToldOfDifferent, usesLabels, usesVerdicts } from './step/judged-step.ts';
import type { TrainStepPlan } from './step/train-step-plan.ts';

type Feeds = Record<string, NamedArray['values']>;

/**
 * Gives what feeds verdicts and labels to each step, as they were at the start of the run; nothing
 * where the plan uses none.
 */
export function knownPairFeeder(
  plan: Pick<TrainStepPlan, 'verdicts' | 'groupPositives' | 'knownNegatives' | 'labels'>,
  state: TrainingState,
): (fed: Pick<SourceFeeds, 'rowIds' | 'columnIds'>) => Feeds {
  const judgedFeeds = judgedFeeder(plan, state);
  const labelFeeds = givenLabelFeeder(plan, state);
  return (fed) => ({ ...judgedFeeds(fed), ...labelFeeds(fed) });
}

function givenLabelFeeder(
  plan: Pick<TrainStepPlan, 'labels'>,
  { sampleIds, arrays }: TrainingState,
): (fed: Pick<SourceFeeds, 'rowIds' | 'columnIds'>) => Feeds {
  if (!usesLabels(plan)) return () => ({});
  const labels = arrays[givenLabelsArray];
  const labelOf = givenLabelOf(sampleIds, labels);
  const slots = givenSlots(labels, sampleIds.length);
  return (fed) => givenLabelFeeds(labelOf, slots, fed);
}

/** Gives what feeds verdicts to each step, as they were at the start of the run; nothing without them. */
export function judgedFeeder(
  plan: Pick<TrainStepPlan, 'verdicts' | 'groupPositives' | 'knownNegatives' | 'labels'>,
  state: TrainingState,
): (fed: Pick<SourceFeeds, 'rowIds' | 'columnIds'>) => Feeds {
  if (!usesVerdicts(plan)) return () => ({});
  const groupOf = groupsByPicture(state.sampleIds, stateArray(state, verdictGroupsArray));
  // A run that began when every "same" passed on has all its pairs in groups.
  const partners = partnersByPicture(state.arrays[verdictPairsArray] ?? []);
  const partnersOf = drawsPositives(plan) ? withThemselves(partners) : partners;
  const differentOf = partnersByPicture(state.arrays[differentPairsArray] ?? []);
  return (fed) => ({
    ...groupFeeds(groupOf, fed),
    ...pairFeeds(partnersOf, fed),
    ...(isToldOfDifferent(plan) && pairFeeds(differentOf, fed, differentPairs)),
  });
}
