import type { VectorSpace } from '../../contract/negatives.ts';
import { partsAmong } from '../../contract/objectives/parse-objective.ts';
import type { ObjectiveParts } from '../../contract/objectives/parts.ts';
import { presets } from '../../contract/objectives/presets.ts';
import type { Run } from '../store/runs.ts';
import type { ExplanationSettings } from './explain-anchor.ts';

const ofSource: Partial<Record<ObjectiveParts['source'], string>> = {
  'two-banks':
    'The training compared lightness with colour, each with the other’s bank; here both are compared at once.',
  prototypes:
    'The training pushed from the centres of clusters; here each picture is a negative by itself.',
};

const ofSelection: Partial<Record<ObjectiveParts['selection'], string>> = {
  mixing: 'Negatives that the training mixed of others are no pictures, and have no share here.',
  cancellation:
    'What the training took for false negatives, and left out or attracted, is a negative like any other here.',
  cave: 'The innermost negatives, which the training attracted, have no share here.',
};

const ofLoss: Partial<Record<ObjectiveParts['loss'], string>> = {
  'binary-nce':
    'Weights, shares and loss are those of InfoNCE; the training’s binary NCE judges each draw by itself.',
};

/** What an explanation is of: its space, and whether it is a step of the training itself. */
interface Explained {
  readonly space: VectorSpace;
  readonly isTrainedStep: boolean;
}

/** In what an explanation's numbers are not those of the loss by which its run was trained. */
export function lossNotes(
  { objective, settings: ownSettings }: Pick<Run, 'objective' | 'settings'>,
  { objective: explained, selection }: Pick<ExplanationSettings, 'objective' | 'selection'>,
  { space, isTrainedStep }: Explained,
): string[] {
  if (objective === null) return [];
  if (explained !== objective) return ['As if trained with another objective than the run’s own.'];
  const parts = {
    ...presets[explained],
    ...partsAmong(ownSettings),
    ...(selection && { selection }),
  };
  const verdicts = ownSettings['verdicts'];
  const isJudged = verdicts === 'mask' || verdicts === 'attract';
  return [
    space === 'h' ? 'The loss never saw h: its similarities are those of z.' : undefined,
    ofSource[parts.source],
    ofSelection[parts.selection],
    ofLoss[parts.loss],
    isJudged && !isTrainedStep
      ? 'The training did not push pairs that were judged the same; here they are negatives.'
      : undefined,
  ].filter((note) => note !== undefined);
}
