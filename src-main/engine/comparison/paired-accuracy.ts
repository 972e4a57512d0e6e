import type { PairedAccuracy } from '../../contract/comparison.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { classScores, highestClass, knnTemperature } from '../evaluation/weighted-knn.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { mcnemar } from './mcnemar.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';

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

/**
 * The label that the weighted vote of its `k` nearest gives to each labelled row, -1 for the
 * others.
 */
export function neighbourClasses(
  neighbours: Neighbours,
  labels: LabelColumn,
  k: number,
): Int32Array {
  const classes = labels.reduce((highest, label) => Math.max(highest, label), -1) + 1;
  const given = new Int32Array(labels.length).fill(-1);
  if (classes === 0) return given;
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    const nearest = nearestOf(neighbours, row, k).map((other) => labels[other] ?? -1);
    const start = row * neighbours.k;
    const similarities = neighbours.similarities.subarray(start, start + k);
    given[row] = highestClass(classScores(nearest, similarities, classes, knnTemperature));
  }
  return given;
}
