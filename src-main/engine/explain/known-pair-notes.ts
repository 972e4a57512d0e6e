import { recordedPairUses } from '../../contract/pair-use.ts';
import type { Run } from '../store/runs.ts';

/** What is said of pairs of which a training knew that they show the same. */
export function knownPairNotes(
  settings: Run['settings'],
  { isTrainedStep }: { readonly isTrainedStep: boolean },
): string[] {
  const { labels, verdicts } = recordedPairUses(settings);
  const isJudged = verdicts === 'mask' || verdicts === 'attract';
  return [
    ...(isJudged && !isTrainedStep
      ? ['The training did not push pairs that were judged the same; here they are negatives.']
      : []),
    ...(labels === 'mask' && !isTrainedStep
      ? [
          `The training did not push pairs of one label${givenSplits(settings)}; here they are negatives.`,
        ]
      : []),
    ...(labels === 'positive' || verdicts === 'positive'
      ? [positivesNote(settings, isTrainedStep)]
      : []),
  ];
}

/** What SupCon took for positives, and by what they are known here. */
function positivesNote(settings: Run['settings'], isTrainedStep: boolean): string {
  const { labels, verdicts } = recordedPairUses(settings);
  const what = [
    ...(labels === 'positive' ? [`pictures of the anchor’s label${givenSplits(settings)}`] : []),
    ...(verdicts === 'positive' ? ['those judged the same'] : []),
  ].join(' and ');
  const when = isTrainedStep ? 'as the training knew them' : 'as they are known now';
  return `Positives of this loss, ${when}: ${what}. They are no negatives: a share below 0 attracts, one above 0 lets go of a positive that is nearer than the others.`;
}

/** The splits whose labels alone were given, in words; empty where all were. */
function givenSplits({ labelsOf }: Run['settings']): string {
  return Array.isArray(labelsOf) ? ` in ${labelsOf.join(', ')}` : '';
}

/** What a step left out of an anchor's loss because it was known to show the same. */
export function maskedNote(masked: number, settings: Run['settings']): string[] {
  if (masked === 0) return [];
  const { labels, verdicts } = recordedPairUses(settings);
  const known = [
    ...(verdicts === 'mask' || labels !== 'mask' ? ['judged the same by then'] : []),
    ...(labels === 'mask' ? ['of the anchor’s label'] : []),
  ].join(' or ');
  const pictures = masked === 1 ? 'One picture' : `${masked} pictures`;
  return [`${pictures} of this batch, ${known}, had no part in this loss.`];
}
