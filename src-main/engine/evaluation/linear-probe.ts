import { setImmediate } from 'node:timers/promises';
import { MatrixProducts } from '../numeric/matrix-products.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { seedRandom } from '../numeric/random.ts';
import type { LabelColumn } from './label-columns.ts';
import { fitProbe } from './probe-fit.ts';
import { stratifiedFolds } from './probe-folds.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

export const probeFolds = 5;
const foldSeed = 1;
/** Repetitions with other folds, where one of them is quick. */
const probeRepeats = 3;
/**
 * Pictures x labels x (numbers + 50) of a repetition: about three seconds, half a minute, and some
 * minutes on two cores.
 */
const quickWork = 1.2e7;
const mostTunedWork = 1.5e8;
const mostWork = 6e9;
/** Pictures x labels, whose scores are held in memory. */
const mostScores = 1.2e8;

/** How often the probe named each row's own label; a row that takes no part has -1. */
export interface ProbeShares {
  /** The share of the repetitions, 0 to 1, in which the row got its own label out of its fold. */
  readonly right: Float32Array;
  readonly repeats: number;
}

/**
 * A linear classifier on unit rows by stratified five-fold cross-validation with fixed folds: every row
 * with a label is classified by learning from the other folds, whose ridge is tuned within them. No
 * group is in two folds. Three repetitions with other folds, or one where it takes long. Null with fewer
 * than two labels or fewer than ten labelled rows, or where `probeObstacle` has a reason.
 * `yieldToEvents` is given the part that is done, 0 to 1.
 * @throws EngineError cancelled through `yieldToEvents`
 */
export async function linearProbe(
  rows: UnitRows,
  labels: LabelColumn,
  groups: Int32Array | null,
  yieldToEvents: (done: number) => Promise<void> = () => setImmediate(),
): Promise<ProbeShares | null> {
  const { labelled, names } = labelledRows(labels);
  if (names.length < 2 || labelled.length < 2 * probeFolds) return null;
  if (probeObstacle(rows.dimensions, labels) !== null) return null;
  const numbers = new Map(names.map((name, index) => [name, index]));
  const classOf = (row: number): number => numbers.get(labels[row] ?? -1) ?? 0;
  const probed = { rows, classOf, classCount: names.length };
  const divided = {
    classes: labelled.map(classOf),
    groups: Int32Array.from(labelled, (row, index) => groups?.[row] ?? index),
  };
  const work = workOf(labelled.length, names.length, rows.dimensions);
  const repeats = work <= quickWork ? probeRepeats : 1;
  const random = seedRandom(foldSeed);
  const right = new Float32Array(rows.count).fill(-1);
  for (const row of labelled) right[row] = 0;
  const products = await MatrixProducts.create(sessionThreads());
  try {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const folds = stratifiedFolds(divided, probeFolds, random);
      for (let held = 0; held < probeFolds; held++) {
        const parts = partsOf(labelled, folds, held, work);
        const done = (repeat * probeFolds + held) / (repeats * probeFolds);
        const step = (): Promise<void> => yieldToEvents(done);
        const { classifier } = await fitProbe(products, probed, parts, step);
        const given = await classifier.predict(parts.held);
        for (const [index, row] of parts.held.entries()) {
          if (given[index] === classOf(row)) right[row] = (right[row] ?? 0) + 1 / repeats;
        }
      }
    }
  } finally {
    await products.dispose();
  }
  return { right: right.map((share) => Math.min(1, share)), repeats };
}

/** Why the classifier would take many minutes, as a sentence; null where it does not. */
export function probeObstacle(dimensions: number, labels: LabelColumn): string | null {
  const { labelled, names } = labelledRows(labels);
  const scores = labelled.length * names.length;
  const isLarge =
    scores > mostScores || workOf(labelled.length, names.length, dimensions) > mostWork;
  if (!isLarge) return null;
  return `The linear probe was left out: with ${names.length} labels, ${labelled.length} pictures and ${dimensions} numbers each it would take many minutes.`;
}

/** What is held out, what is learned from, and the two parts of it by which the ridge is tuned. */
function partsOf(labelled: Uint32Array, folds: Uint8Array, held: number, work: number) {
  const inFold = (wanted: (fold: number) => boolean): Uint32Array =>
    labelled.filter((_, index) => wanted(folds[index] ?? -1));
  const next = (held + 1) % probeFolds;
  const fitted = inFold((fold) => fold !== held && fold !== next);
  return {
    held: inFold((fold) => fold === held),
    train: inFold((fold) => fold !== held),
    // With much work the ridge is tuned on a part of the pictures, so that tuning takes less than fitting.
    fitted: work <= mostTunedWork ? fitted : everyOf(fitted, Math.ceil(work / mostTunedWork)),
    tuned: inFold((fold) => fold === next),
  };
}

function everyOf(rows: Uint32Array, step: number): Uint32Array {
  return rows.filter((_, index) => index % step === 0);
}

function workOf(pictures: number, labels: number, dimensions: number): number {
  return pictures * labels * (dimensions + 50);
}

function labelledRows(labels: LabelColumn): { labelled: Uint32Array; names: number[] } {
  const labelled = Uint32Array.from(labels.keys()).filter((row) => (labels[row] ?? -1) >= 0);
  return { labelled, names: [...new Set(Array.from(labelled, (row) => labels[row] ?? -1))] };
}
