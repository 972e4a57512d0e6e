import { augmentationPreset } from '../../contract/augmentations.ts';
import { begunBatches, recordedBatches } from '../../contract/batch-drawing.ts';
import { formerDecoding, isSameDecoding } from '../../contract/decoding.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { Objective } from '../../contract/objectives/parse-objective.ts';
import { parseObjectivePreset, presets } from '../../contract/objectives/presets.ts';
import { adapterOfRun, headOfRun } from '../../contract/projection-heads.ts';
import { trainInput } from '../../contract/runs.ts';
import type { TrainInput } from '../../contract/runs.ts';
import { defaultRunName } from '../../contract/seed-series.ts';
import { recordedChoices, tunedChoices } from '../../contract/train-again.ts';
import { decodingOfRun } from '../encoders/embedding/decoded-identity.ts';
import type { FrozenEncoder } from '../encoders/embedding/encoder.ts';
import type { FrozenRecord } from '../encoders/embedding/frozen-record.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import type { Library } from '../store/library-file.ts';
import { libraryPassOn } from '../store/pass-on.ts';
import { whitenedLength } from '../networks/whitened-parts.ts';
import { createRun, freeRunName, listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import type { ChosenPictures } from './chosen-pictures.ts';
import type { TrainingPlan } from './plan/training-plan.ts';

/** What a run begins with beside what was asked for. */
interface BegunWith {
  readonly chosen: ChosenPictures;
  /** Names the groups of verdicts that it uses; null where it uses none. */
  readonly verdictGroups: string | null;
  /** Names the labels that it is given; null where it is given none. */
  readonly labelsGiven: string | null;
  readonly frozen: FrozenEncoder | null;
}

/**
 * The run of a training job: a new row, or the row that the job made before it was killed.
 * @throws EngineError bad-argument if the name is taken
 */
export function runOfJob(
  library: Library,
  job: number,
  input: TrainInput,
  plan: TrainingPlan,
  { chosen, verdictGroups, labelsGiven, frozen }: BegunWith,
): Run {
  const known = knownRun(library, job);
  if (known) return known;
  const { augmentationOverrides, batch, seed } = input;
  const { augmentation, epochs } = plan;
  const { size } = plan.step;
  const decoding = libraryDecoding(library);
  const { ledgerSize, keepCheckpoints } = input;
  return createRun(library, {
    name: input.name ?? freeRunName(library, defaultRunName(input.encoder, plan.objective.preset)),
    kind: 'trained',
    encoder: plan.encoder.name,
    objective: plan.objective.preset,
    settings: {
      ...recordedSettings(plan.objective),
      head: plan.encoder.head.kind,
      augmentation,
      ...(Object.keys(augmentationOverrides).length > 0 && { augmentationOverrides }),
      epochs,
      batch,
      size,
      ...plan.optimisation,
      seed,
      ledgerSize,
      keepCheckpoints,
      ...recordedPairUses(library, input, plan),
      pictures: chosen.pictures,
      pictureSet: chosen.pictureSet,
      ...(verdictGroups !== null && { verdictGroups }),
      ...(labelsGiven !== null && { labelsGiven }),
      ...(chosen.leftOut > 0 && { leftOut: chosen.leftOut }),
      job,
      ...(!isSameDecoding(decoding, formerDecoding) && { decoding }),
      ...recordedBase(input, plan, frozen),
    },
    state: 'training',
  });
}

/** What a training does with verdicts and labels. */
function recordedPairUses(
  library: Library,
  input: TrainInput,
  { step, batches, startsJudged }: TrainingPlan,
) {
  const { verdicts, groupPositives, labels, labelsOf, heldOut, keepEpoch, patience } = input;
  return {
    verdicts,
    ...(verdicts === 'attract' && { groupPositives }),
    ...(startsJudged && { adapterStart: input.adapterStart }),
    ...(labels !== 'ignore' && { labels }),
    ...(labelsOf && { labelsOf }),
    ...recordedBatches(batches.settings, verdicts),
    ...(step.verdicts !== 'ignore' && {
      passOn: libraryPassOn(library).passOn,
      ...{ heldOut, keepEpoch, patience },
    }),
  };
}

/** The encoder on which, or from whose weights, a training is. */
function recordedBase(
  { encoder, adapter }: TrainInput,
  { tuned, cachedViews, encoder: { body } }: TrainingPlan,
  frozen: FrozenEncoder | null,
) {
  const whitening = 'whitening' in body ? body.whitening : null;
  return {
    ...(cachedViews > 0 && { views: cachedViews }),
    ...(frozen && { frozen: recordOf(frozen, whitenedLength(whitening)) }),
    ...(encoder === 'adapter' && { adapter }),
    ...(tuned && { tuned }),
  };
}

/** What is recorded of the frozen encoder before a head, to find it again and check its identity. */
function recordOf(
  { on, name, hash, dimensions }: FrozenEncoder,
  whitened: number | null,
): FrozenRecord {
  return { on, name, hash, dimensions, whitened };
}

/**
 * Refuses to continue a run on pictures that are decoded otherwise than when it began.
 * @throws EngineError bad-argument
 */
export function refuseOtherDecoding(library: Library, run: Run): void {
  const [now, begun] = [libraryDecoding(library), decodingOfRun(run)];
  if (isSameDecoding(now, begun)) return;
  const change =
    now.background === begun.background
      ? 'enlarged pictures are aligned now'
      : `transparent parts lay on ${begun.background} and lie on ${now.background} now`;
  throw new EngineError(
    'bad-argument',
    `The run "${run.name}" cannot go on, because the library decodes its pictures otherwise since it began (${change}); train again.`,
  );
}

/** The run that a job made before it was killed; null if it made none. */
export function begunRun(library: Library, job: number): Run | null {
  return knownRun(library, job) ?? null;
}

/**
 * The input of a training. If it has `begun` before, its objective, epochs, optimisation, head and
 * augmentation are those that it began with, because defaults may have changed since then and its state
 * has their sizes.
 */
export function continuedInput(input: TrainInput, begun: Run | null): TrainInput {
  if (begun === null) return input;
  const preset = parseObjectivePreset(begun.objective ?? input.objective);
  const { data: augmentation } = augmentationPreset.safeParse(begun.settings['augmentation']);
  return trainInput.parse({
    ...input,
    ...recordedChoices(preset, begun.settings),
    epochs: begun.settings['epochs'],
    size: begun.settings['size'],
    head: headOfRun(begun),
    adapter: adapterOfRun(begun),
    ...tunedChoices(begun),
    groupPositives: begun.settings['groupPositives'] ?? 0,
    adapterStart: begun.settings['adapterStart'] ?? 'features',
    ...begunBatches(begun.settings, input.verdicts),
    // Runs of earlier versions held nothing out.
    heldOut: begun.settings['heldOut'] ?? 0,
    keepEpoch: begun.settings['keepEpoch'] ?? 'last',
    patience: begun.settings['patience'] ?? 0,
    ...(augmentation && { augmentation }),
  });
}

/** How many pictures were left out of the run's training. */
export function leftOutOf({ settings }: Run): number {
  return Number(settings['leftOut'] ?? 0);
}

/** How many pictures the run could be trained on when it began. */
export function picturesOf({ settings }: Run): number {
  return Number(settings['pictures']);
}

function knownRun(library: Library, job: number): Run | undefined {
  return listRuns(library).find((run) => run.settings['job'] === job);
}

/** The objective's settings, and those of its parts that differ from the preset's. */
function recordedSettings({ preset, settings, source, selection, loss }: Objective) {
  const parts = { source, selection, loss };
  const changed = Object.entries(parts).filter(
    ([part, name]) => presets[preset][part as keyof typeof parts] !== name,
  );
  return { ...settings, ...Object.fromEntries(changed) };
}
