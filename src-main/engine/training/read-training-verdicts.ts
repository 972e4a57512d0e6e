import { decodeCheckpoint } from '../checkpoints/checkpoint-format.ts';
import { latestCheckpoint } from '../store/checkpoints.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import type { TrainingVerdicts } from '../verdicts/training-verdicts.ts';
import type { TrainingState } from './plan/training-state.ts';
import { recordedVerdicts } from './training-verdict-arrays.ts';

/** The verdicts with which a run was trained, and its pictures; null where they are not stored. */
export function readTrainingVerdicts(
  library: Library,
  { id }: Pick<Run, 'id'>,
): { readonly verdicts: TrainingVerdicts; readonly sampleIds: Uint32Array } | null {
  const training = latestCheckpoint(library, id)?.training;
  if (!training) return null;
  const stored = decodeCheckpoint(training).tensors.map(({ name, values }) => [name, values]);
  const arrays = Object.fromEntries(stored) as TrainingState['arrays'];
  const { sampleIds } = arrays;
  if (!(sampleIds instanceof Uint32Array)) return null;
  const verdicts = recordedVerdicts({ arrays, sampleIds });
  return verdicts && { verdicts, sampleIds };
}
