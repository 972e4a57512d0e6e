import type { PairedAccuracy } from '../../contract/comparison.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import type { ProbeShares } from '../evaluation/linear-probe.ts';
import { accuracyOf } from '../evaluation/accuracy.ts';
import { pairedAccuracy } from './paired-accuracy.ts';

/**
 * The accuracies of the linear probe in two runs, as each run has its own, and McNemar's p: for it, a row
 * is right where it is in more than half of the repetitions. Null if no row has a label.
 */
export function pairedProbe(
  first: ProbeShares,
  second: ProbeShares,
  labels: LabelColumn,
): PairedAccuracy | null {
  const mostly = ({ right }: ProbeShares): Int32Array =>
    labels.map((label, row) => ((right[row] ?? 0) > 0.5 ? label : -1));
  const paired = pairedAccuracy(mostly(first), mostly(second), labels);
  const share = ({ right }: ProbeShares): number =>
    accuracyOf(labels, (row) => right[row] ?? 0)?.all ?? 0;
  return paired && { ...paired, a: share(first), b: share(second) };
}
