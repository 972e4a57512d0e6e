import type { Comparison } from '../../contract/comparison.ts';
import { precisionNeighbours } from '../../contract/run-scores.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { bootstrapMean } from '../numeric/bootstrap-mean.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';

/**
 * The precision at 20 of two runs (the share of a picture's 20 most similar that has its label), and
 * the mean change of a picture's precision with its interval; null if no row has a label.
 */
export function precisionChange(
  first: Neighbours,
  second: Neighbours,
  labels: LabelColumn,
  seed: number,
): Comparison['precisionAt20'] {
  const labelled = Uint32Array.from(labels.keys()).filter((row) => (labels[row] ?? -1) >= 0);
  if (labelled.length === 0) return null;
  const k = Math.min(precisionNeighbours, first.k, second.k);
  const precision = (run: Neighbours, row: number): number => {
    let same = 0;
    for (const other of nearestOf(run, row, k)) if (labels[other] === labels[row]) same += 1;
    return same / k;
  };
  const before = Float64Array.from(labelled, (row) => precision(first, row));
  const after = Float64Array.from(labelled, (row) => precision(second, row));
  const mean = (values: Float64Array): number =>
    values.reduce((total, value) => total + value, 0) / values.length;
  const change = after.map((value, index) => value - (before[index] as number));
  return { a: mean(before), b: mean(after), change: bootstrapMean(change, seed) };
}
