import { generatedUseOf } from '../../contract/generated-negatives.ts';
import type { VectorSpace } from '../../contract/negatives.ts';
import { partsOf } from '../../contract/objectives/parse-objective.ts';
import type { ObjectiveParts } from '../../contract/objectives/parts.ts';
import { parseObjectivePreset, presets } from '../../contract/objectives/presets.ts';
import { hasLossSteps } from '../store/loss-steps.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import { knownPairNotes } from './known-pair-notes.ts';
import type { ExplanationSettings } from './explain-anchor.ts';

const twoSided =
  'The loss compares lightness with the others’ colour, and colour with their lightness: each number is the mean of both.';

/** What is said of the training by which a run was made, and of an objective that it was not trained with. */
interface Note {
  readonly ofTraining: string;
  readonly ofOther: string;
}

const ofSource: Partial<Record<ObjectiveParts['source'], Note>> = {
  prototypes: {
    ofTraining:
      'The training pushed from the centres of clusters; here each picture is a negative by itself.',
    ofOther:
      'This objective pushes from the centres of clusters; here each picture is a negative by itself.',
  },
};

const ofSelection: Partial<Record<ObjectiveParts['selection'], Note>> = {
  mixing: {
    ofTraining:
      'Negatives that the training mixed of others are no pictures, and have no share here.',
    ofOther:
      'Negatives that this objective mixes of others are no pictures, and have no share here.',
  },
  generation: {
    ofTraining:
      'Negatives that the training’s generator made are no pictures, and have no share here.',
    ofOther:
      'Negatives that this objective’s generator makes are no pictures, and have no share here.',
  },
  cancellation: {
    ofTraining:
      'What the training took for false negatives, and left out or attracted, is a negative like any other here.',
    ofOther:
      'What this objective takes for false negatives, and leaves out or attracts, is a negative like any other here.',
  },
  cave: {
    ofTraining: 'The innermost negatives, which the training attracted, have no share here.',
    ofOther: 'The innermost negatives, which this objective attracts, have no share here.',
  },
};

const ofLoss: Partial<Record<ObjectiveParts['loss'], Note>> = {
  supcon: {
    ofTraining: '',
    ofOther:
      'Positives of this objective: pictures of the anchor’s label. They are no negatives: a share below 0 attracts.',
  },
  vicreg: {
    ofTraining:
      'The training had no negatives: these are what InfoNCE with this temperature would make of the encoder.',
    ofOther:
      'VICReg has no negatives: these are what InfoNCE with this temperature would make of the encoder.',
  },
};

const generatedAlone =
  'The training pushed from generated negatives alone: here each picture is a negative, as InfoNCE would have it.';

const noNoise =
  'Binary NCE needs the noise of its training, which is not known here: these are what InfoNCE with this temperature would make of the encoder.';

/** What an explanation is of: its space, and whether it is a step of the training itself. */
interface Explained {
  readonly space: VectorSpace;
  readonly isTrainedStep: boolean;
}

type Explaining = Pick<ExplanationSettings, 'objective' | 'selection' | 'noise'>;

/** In what an explanation's numbers are not those of the loss by which its run was trained. */
export function lossNotes(
  run: Pick<Run, 'objective' | 'settings'>,
  explaining: Explaining,
  explained: Explained,
): string[] {
  const { objective } = run;
  if (objective === explaining.objective) return ownNotes(run, explaining, explained);
  const parts = partsOf(explaining.objective, {});
  const { title } = presets[explaining.objective];
  return [
    objective === null
      ? `The run was not trained by a loss: its numbers are what “${title}” would make of it.`
      : 'As if trained with another objective than the run’s own.',
    ...sidesNote(objective, run.settings, explained),
    ...partNotes(parts, 'ofOther'),
    ...(parts.loss === 'binary-nce' && !explaining.noise ? [noNoise] : []),
  ];
}

/** The same for the objective by which the run was trained. */
function ownNotes(
  { objective, settings }: Pick<Run, 'objective' | 'settings'>,
  { objective: explained, selection, noise }: Explaining,
  of: Explained,
): string[] {
  const parts = { ...partsOf(explained, settings), ...(selection && { selection }) };
  return [
    ...(of.space === 'h' ? ['The loss never saw h: its similarities are those of z.'] : []),
    ...sidesNote(objective, settings, of),
    ...partNotes(parts, 'ofTraining'),
    ...(generatedUseOf({ objective, settings }) === 'replace' ? [generatedAlone] : []),
    ...(parts.loss === 'binary-nce' && !noise ? [noNoise] : []),
    ...(noise && noise.logNormalisers === undefined
      ? [
          'Z is that of this anchor alone: the run keeps none of its training. Measuring its positives reads it.',
        ]
      : []),
    ...knownPairNotes(settings, of),
  ];
}

/** Whether the z of a run has two sides goes by its own objective, whichever explains it. */
function sidesNote(
  objective: string | null,
  settings: Run['settings'],
  { space }: Explained,
): string[] {
  if (objective === null || space !== 'z') return [];
  const { source } = partsOf(parseObjectivePreset(objective), settings);
  return source === 'two-banks' ? [twoSided] : [];
}

function partNotes({ source, selection, loss }: ObjectiveParts, of: keyof Note): string[] {
  const notes = [ofSource[source], ofSelection[selection], ofLoss[loss]];
  return notes.flatMap((note) => (note && note[of] !== '' ? [note[of]] : []));
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
  if (source !== 'batch' || ['cancellation', 'generation'].includes(selection)) {
    return 'A drawn batch: with this objective the batches of the training are not recorded.';
  }
  return 'A drawn batch: the training recorded none. It had a ledger size of 0, or was by an earlier version.';
}
