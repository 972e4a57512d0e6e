import type { Comparison } from '../../contract/comparison.ts';
import { precisionNeighbours } from '../../contract/run-scores.ts';
import { precisionBounds, precisionOfRow } from '../evaluation/precision-at-k.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import type { PrecisionRows } from '../evaluation/precision-at-k.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { bootstrapMean } from '../numeric/bootstrap-mean.ts';

/**
 * The precision at 20 of two runs (the share of a picture's 20 most similar that has its label), the mean
 * change of a picture's precision with its interval, and what it is by chance and at best; null if no
 * row is scored. Without `among`, all labelled rows are scored, and each row is its own group.
 */
export function precisionChange(
  first: Neighbours,
  second: Neighbours,
  labels: LabelColumn,
  seed: number,
  among: Pick<PrecisionRows, 'scored' | 'groups'> = {},
): Comparison['precisionAt20'] {
  const { scored = labels } = among;
  const judged = Uint32Array.from(scored.keys()).filter((row) => (scored[row] ?? -1) >= 0);
  const k = Math.min(precisionNeighbours, first.k, second.k);
  const bounds = precisionBounds({ labels, ...among }, k);
  if (judged.length === 0 || bounds === null) return null;
  const [before, after] = [first, second].map((neighbours) =>
    Float64Array.from(judged, (row) => precisionOfRow({ neighbours, labels }, row, k)),
  ) as [Float64Array, Float64Array];
  const mean = (values: Float64Array): number =>
    values.reduce((total, value) => total + value, 0) / values.length;
  const differences = after.map((value, index) => value - (before[index] ?? 0));
  const change = bootstrapMean(differences, seed);
  return { a: mean(before), b: mean(after), change, ...bounds };
}
