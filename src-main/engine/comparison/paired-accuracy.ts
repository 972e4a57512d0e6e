import type { PairedAccuracy } from '../../contract/comparison.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { classScores, highestClass, knnTemperature } from '../evaluation/weighted-knn.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';

/**
 * The accuracies, 0 to 1, of the classes that two runs give to the same labelled rows; null if no row
 * has a label.
 */
export function pairedAccuracy(
  first: Int32Array,
  second: Int32Array,
  labels: LabelColumn,
): Pick<PairedAccuracy, 'a' | 'b'> | null {
  const [a, b] = [accuracyOf(first, labels), accuracyOf(second, labels)];
  return a === null || b === null ? null : { a, b };
}

/** The share, 0 to 1, of labelled rows that are given their label; null if no row has a label. */
export function accuracyOf(given: Int32Array, labels: LabelColumn): number | null {
  let labelled = 0;
  let right = 0;
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    labelled += 1;
    if (given[row] === label) right += 1;
  }
  return labelled === 0 ? null : right / labelled;
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
