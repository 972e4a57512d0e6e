import type { PairedAccuracy } from '../../contract/comparison.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { mcnemar } from './mcnemar.ts';

/**
 * The accuracies, 0 to 1, of the classes that two runs give to the same labelled rows, and the p of
 * McNemar's test that they are equally accurate; null if no row has a label.
 */
export function pairedAccuracy(
  first: Int32Array,
  second: Int32Array,
  labels: LabelColumn,
): PairedAccuracy | null {
  let labelled = 0;
  let both = 0;
  let onlyFirst = 0;
  let onlySecond = 0;
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    labelled += 1;
    const [one, other] = [first[row] === label, second[row] === label];
    if (one && other) both += 1;
    else if (one) onlyFirst += 1;
    else if (other) onlySecond += 1;
  }
  if (labelled === 0) return null;
  return {
    a: (both + onlyFirst) / labelled,
    b: (both + onlySecond) / labelled,
    p: mcnemar(onlyFirst, onlySecond),
  };
}
