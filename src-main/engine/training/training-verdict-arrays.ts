import type { TrainingVerdicts } from '../verdicts/training-verdicts.ts';
import type { TrainingState } from './plan/training-state.ts';
import { verdictGroupsArray } from './step/judged-groups.ts';
import { differentPairsArray } from './step/known-negatives.ts';
import { verdictPairsArray } from './step/judged-pair-mask.ts';

/**
 * The training state's arrays with the verdicts at the start of the run, by what they are. Those that are
 * held out are recorded to be measured; no step is fed from them.
 */
const arrayNames = {
  groups: verdictGroupsArray,
  pairs: verdictPairsArray,
  different: differentPairsArray,
  heldOutGroups: 'heldOutGroups',
  heldOutPairs: 'heldOutPairs',
  heldOutDifferent: 'heldOutDifferent',
} as const satisfies Record<keyof TrainingVerdicts, string>;

/**
 * The arrays that record the verdicts of a training in its state; those that were judged different only if
 * it is fed them, or holds them out.
 */
export function verdictArrays(
  verdicts: TrainingVerdicts,
  feedsDifferent: boolean,
): TrainingState['arrays'] {
  const parts = Object.entries(arrayNames) as [keyof TrainingVerdicts, string][];
  const recorded = parts.filter(([part]) => feedsDifferent || part !== 'different');
  return Object.fromEntries(recorded.map(([part, name]) => [name, verdicts[part]]));
}

/**
 * The verdicts that a training recorded; null where it used none. Runs of earlier versions held out
 * nothing, and recorded no "different".
 */
export function recordedVerdicts({
  arrays,
  sampleIds,
}: Pick<TrainingState, 'arrays' | 'sampleIds'>): TrainingVerdicts | null {
  const groups = arrays[verdictGroupsArray];
  if (!groups) return null;
  const ungrouped = new Int32Array(sampleIds.length).fill(-1);
  const pairsOf = (part: keyof TrainingVerdicts): Uint32Array =>
    Uint32Array.from(arrays[arrayNames[part]] ?? []);
  return {
    groups: Int32Array.from(groups),
    pairs: pairsOf('pairs'),
    different: pairsOf('different'),
    heldOutGroups: Int32Array.from(arrays[arrayNames.heldOutGroups] ?? ungrouped),
    heldOutPairs: pairsOf('heldOutPairs'),
    heldOutDifferent: pairsOf('heldOutDifferent'),
  };
}
