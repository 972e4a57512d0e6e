import type { Comparison } from '../../contract/comparison.ts';
import { classScores, highestClass, knnTemperature } from '../evaluation/weighted-knn.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { nearestOf } from './neighbour-overlap.ts';
import { mcnemar } from './mcnemar.ts';

/**
 * Leave-one-out kNN accuracy (0 to 1) of two runs on the same labelled rows and the p of McNemar's
 * test that they differ by more than noise; null when no row has a label (-1).
 */
export function pairedAccuracy(
  first: Neighbours,
  second: Neighbours,
  labels: Int32Array,
  k: number,
): Comparison['accuracy'] {
  const classes = labels.reduce((highest, label) => Math.max(highest, label), -1) + 1;
  if (classes === 0) return null;
  let labelled = 0;
  let both = 0;
  let onlyFirst = 0;
  let onlySecond = 0;
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    labelled += 1;
    const [one, other] = [first, second].map((run) => vote(run, row, labels, k, classes) === label);
    if (one && other) both += 1;
    else if (one) onlyFirst += 1;
    else if (other) onlySecond += 1;
  }
  return {
    a: (both + onlyFirst) / labelled,
    b: (both + onlySecond) / labelled,
    p: mcnemar(onlyFirst, onlySecond),
  };
}

function vote(
  neighbours: Neighbours,
  row: number,
  labels: Int32Array,
  k: number,
  classes: number,
): number {
  const nearest = nearestOf(neighbours, row, k).map((other) => labels[other] ?? -1);
  const start = row * neighbours.k;
  const similarities = neighbours.similarities.subarray(start, start + k);
  return highestClass(classScores(nearest, similarities, classes, knnTemperature));
}
