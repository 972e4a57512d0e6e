import { recordedPairUses } from '../../contract/pair-use.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import { hashesOf, presentSamples } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import type { LabelColumn } from './label-columns.ts';

/**
 * How many scored pictures are in a verdict "same" that was there when the run's training began and that
 * it masked or took for positives; null for a run that no verdicts trained. `ids` are the pictures of the labels.
 */
export function picturesInVerdicts(
  library: Library,
  { settings, createdAt }: Run,
  ids: Uint32Array,
  scored: LabelColumn,
): number | null {
  if (recordedPairUses(settings).verdicts === 'ignore') return null;
  const judged = new Set(
    listVerdicts(library)
      .filter((one) => one.verdict === 'same' && one.createdAt <= createdAt)
      .flatMap(({ hashA, hashB }) => [hashA, hashB]),
  );
  const hashes = hashesOf(presentSamples(library), ids);
  return hashes.filter((hash, row) => (scored[row] ?? -1) >= 0 && judged.has(hash)).length;
}
