import type { TrainInput } from '../../contract/runs.ts';
import { decodeCheckpoint } from '../checkpoints/checkpoint-format.ts';
import { latestCheckpoint } from '../store/checkpoints.ts';
import { trainableSamples } from '../store/left-out.ts';
import type { Library } from '../store/library-file.ts';
import { listRuns } from '../store/runs.ts';
import { hashSampleIds } from '../store/sample-ids.ts';
import { presentSampleIds, presentSamples } from '../store/samples.ts';
import { givenLabels } from './given-labels.ts';
import { judgedSamples } from '../verdicts/library-verdicts.ts';

/** The pictures that a training is on. */
export interface ChosenPictures {
  readonly ids: Uint32Array;
  /** How many pictures there were to train on, unreadable ones among them. */
  readonly pictures: number;
  /** How many pictures a person left out of training. */
  readonly leftOut: number;
  /** Names these pictures: trainings of one seed group have the same. */
  readonly pictureSet: string;
}

/**
 * The pictures of a training: all that are not left out, or those of the training that it is another
 * seed of, so that pictures added meanwhile do not tell the two apart.
 */
export function chosenPictures(
  library: Library,
  { samePicturesAs }: Pick<TrainInput, 'samePicturesAs'>,
): ChosenPictures {
  return picturesOfJob(library, samePicturesAs) ?? trainablePictures(library);
}

function trainablePictures(library: Library): ChosenPictures {
  const { ids, leftOut } = trainableSamples(library);
  return { ids, pictures: ids.length, leftOut, pictureSet: shortHash(ids) };
}

/** The pictures of a job's training; null where it has not done an epoch. */
function picturesOfJob(library: Library, job: number | undefined): ChosenPictures | null {
  const run =
    job === undefined ? null : listRuns(library).find((one) => one.settings['job'] === job);
  const training = run && latestCheckpoint(library, run.id)?.training;
  if (!run || !training) return null;
  const stored = decodeCheckpoint(training).tensors.find(({ name }) => name === 'sampleIds');
  if (!(stored?.values instanceof Uint32Array)) return null;
  const present = new Set(presentSampleIds(library));
  const ids = stored.values.filter((id) => present.has(id));
  const { pictures, leftOut = 0, pictureSet } = run.settings;
  const isWhole = ids.length === stored.values.length && typeof pictureSet === 'string';
  return {
    ids,
    pictures: Number(pictures),
    leftOut: Number(leftOut),
    pictureSet: isWhole ? pictureSet : shortHash(ids),
  };
}

/**
 * Names what verdicts say of these pictures: their groups, and the pairs that are the same or different.
 * @throws EngineError bad-argument if verdicts contradict each other
 */
export function verdictGroupsKey(library: Library, ids: Uint32Array): string {
  const { groups, pairs, different } = judgedSamples(library, ids);
  return shortHash(Uint32Array.from([...groups, ...pairs, ...different]));
}

/**
 * Names the labels that a training is given of these pictures.
 * @throws EngineError bad-argument as `givenLabels`
 */
export function givenLabelsKey(
  library: Library,
  ids: Uint32Array,
  splits: TrainInput['labelsOf'],
): string {
  return shortHash(new Uint32Array(givenLabels(presentSamples(library), ids, splits)));
}

function shortHash(numbers: Uint32Array): string {
  return hashSampleIds(numbers).slice(0, 16);
}
