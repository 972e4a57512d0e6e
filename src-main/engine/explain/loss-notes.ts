import type { VectorSpace } from '../../contract/negatives.ts';
import { partsOf } from '../../contract/objectives/parse-objective.ts';
import type { ObjectiveParts } from '../../contract/objectives/parts.ts';
import { parseObjectivePreset } from '../../contract/objectives/presets.ts';
import { hasLossSteps } from '../store/loss-steps.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import type { ExplanationSettings } from './explain-anchor.ts';

const twoSided =
  'The loss compares lightness with the others’ colour, and colour with their lightness: each number is the mean of both.';

const ofSource: Partial<Record<ObjectiveParts['source'], string>> = {
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
  vicreg:
    'The training had no negatives: these are what InfoNCE with this temperature would make of the encoder.',
};

/** What an explanation is of: its space, and whether it is a step of the training itself. */
interface Explained {
  readonly space: VectorSpace;
  readonly isTrainedStep: boolean;
}

/** In what an explanation's numbers are not those of the loss by which its run was trained. */
export function lossNotes(
  { objective, settings: ownSettings }: Pick<Run, 'objective' | 'settings'>,
  {
    objective: explained,
    selection,
    noise,
  }: Pick<ExplanationSettings, 'objective' | 'selection' | 'noise'>,
  { space, isTrainedStep }: Explained,
): string[] {
  if (objective === null) return [];
  if (explained !== objective) return ['As if trained with another objective than the run’s own.'];
  const parts = { ...partsOf(explained, ownSettings), ...(selection && { selection }) };
  const verdicts = ownSettings['verdicts'];
  const isJudged = verdicts === 'mask' || verdicts === 'attract';
  return [
    space === 'h' ? 'The loss never saw h: its similarities are those of z.' : undefined,
    parts.source === 'two-banks' && space === 'z' ? twoSided : undefined,
    ofSource[parts.source],
    ofSelection[parts.selection],
    ofLoss[parts.loss],
    noise && noise.logNormalisers === undefined
      ? 'Z is that of this anchor alone: the run keeps none of its training. Measuring its positives reads it.'
      : undefined,
    isJudged && !isTrainedStep
      ? 'The training did not push pairs that were judged the same; here they are negatives.'
      : undefined,
  ].filter((note) => note !== undefined);
}

/** Why a drawn batch stands where the training's own was asked for; null where the run had no training. */
export function noStepNote(
  library: Library,
  { id, kind, objective, settings }: Pick<Run, 'id' | 'kind' | 'objective' | 'settings'>,
  { space, epoch }: { readonly space: VectorSpace; readonly epoch: number | undefined },
): string | null {
  if (kind !== 'trained' || objective === null) return null;
  if (space === 'h') return 'A drawn batch: the batches of the training are recorded in z.';
  if (epoch !== undefined)
    return 'A drawn batch: of a training only the last epoch’s are recorded.';
  if (hasLossSteps(library, id)) {
    return 'A drawn batch: this picture was in none that is recorded. It sat the last epoch out, or its step is one of those that are left out at random beyond 64 MB.';
  }
  const { source, selection } = partsOf(parseObjectivePreset(objective), settings);
  if (source !== 'batch' || selection === 'cancellation') {
    return 'A drawn batch: with this objective the batches of the training are not recorded.';
  }
  return 'A drawn batch: the training recorded none. It had a ledger size of 0, or was by an earlier version.';
}

/** What a step left out of an anchor's loss because it was judged the same. */
export function maskedNote(masked: number): string[] {
  if (masked === 0) return [];
  const pictures = masked === 1 ? 'One picture' : `${masked} pictures`;
  return [`${pictures} of this batch, judged the same by then, had no part in this loss.`];
}
