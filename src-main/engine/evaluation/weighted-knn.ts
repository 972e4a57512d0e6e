import { EngineError } from '../../contract/errors/errors.ts';
import { accuracyOf } from './accuracy.ts';
import type { LabelColumn, LabelledNeighbours } from './label-columns.ts';

/** The temperature of the kNN vote of InstDisc and MoCo (Wu et al. 2018). */
export const knnTemperature = 0.07;

/**
 * The score of each class for one picture: the sum of exp(similarity / temperature) over its
 * neighbours of that class (Wu et al. 2018; HCL image/main.py). Neighbours without a label (-1) do not
 * vote.
 */
export function classScores(
  neighbourLabels: ArrayLike<number>,
  similarities: ArrayLike<number>,
  classes: number,
  temperature: number,
): Float64Array {
  const scores = new Float64Array(classes);
  for (let rank = 0; rank < neighbourLabels.length; rank++) {
    const label = neighbourLabels[rank] ?? -1;
    if (label < 0) continue;
    scores[label] = (scores[label] ?? 0) + Math.exp((similarities[rank] ?? 0) / temperature);
  }
  return scores;
}

/** The class with the highest score, of equal ones the lower number; -1 if no score is above 0. */
export function highestClass(scores: Float64Array): number {
  let best = -1;
  let highest = 0;
  for (const [label, score] of scores.entries()) {
    if (score > highest) {
      best = label;
      highest = score;
    }
  }
  return best;
}

/**
 * The label that the weighted vote of its `k` nearest gives to each labelled row, -1 for the others. The
 * row -1 among the neighbours stands for none.
 * @throws EngineError bad-argument if there are fewer than `k` neighbours a row
 */
export function votedLabels(
  { neighbours, labels }: LabelledNeighbours,
  k: number,
  temperature: number = knnTemperature,
): Int32Array {
  if (neighbours.k < k) {
    throw new EngineError(
      'bad-argument',
      `k = ${k} neighbours need more pictures: only ${neighbours.k} others are there.`,
    );
  }
  const classes = labels.reduce((highest, label) => Math.max(highest, label), -1) + 1;
  return labels.map((label, row) => {
    if (label < 0) return -1;
    const start = row * neighbours.k;
    const rows = neighbours.rows.subarray(start, start + k);
    const nearest = Int32Array.from(rows, (other) => labels[other] ?? -1);
    const similarities = neighbours.similarities.subarray(start, start + k);
    return highestClass(classScores(nearest, similarities, classes, temperature));
  });
}

/**
 * The leave-one-out accuracy, 0 to 1, of weighted kNN over the rows with a label in `scored`; all
 * labelled rows vote. Null where none is scored.
 * @throws EngineError bad-argument if there are fewer than `k` neighbours a row
 */
export function leaveOneOutAccuracy(
  labelled: LabelledNeighbours,
  k: number,
  scored: LabelColumn = labelled.labels,
): number | null {
  const given = votedLabels(labelled, k);
  return accuracyOf(scored, (row, label) => (given[row] === label ? 1 : 0))?.all ?? null;
}
