import { EngineError } from '../../contract/errors/errors.ts';
import { unknownNameSentence } from '../../contract/errors/nearest-name.ts';
import type { SplitScores } from '../../contract/runs.ts';
import { splitKind } from '../labels/split-names.ts';
import { MatrixProducts } from '../numeric/matrix-products.ts';
import { seedRandom } from '../numeric/random.ts';
import { vectorsAt } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { LabelColumn } from './label-columns.ts';
import { accuracyOf } from './accuracy.ts';
import type { Accuracy } from './accuracy.ts';
import { probeFolds, probeObstacle } from './linear-probe.ts';
import { fitProbe } from './probe-fit.ts';
import { stratifiedFolds } from './probe-folds.ts';
import { classScores, highestClass, knnTemperature } from './weighted-knn.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

/** The names of the splits that are learned from, and of those that are tested. */
export interface EvaluatedSplits {
  readonly train: readonly string[];
  readonly test: readonly string[];
}

/**
 * The splits to learn from and to test by their names: those of training, and test splits or, without
 * any, validation splits. Null where either is missing.
 */
export function usualSplits(splits: readonly string[]): EvaluatedSplits | null {
  const kindOf = (split: string) => splitKind(split.split('/')[0] ?? '');
  const train = splits.filter((split) => kindOf(split) === 'train');
  const heldOut = splits.filter((split) => kindOf(split) === 'held-out');
  const tests = heldOut.filter((split) => /test|eval/i.test(split));
  const test = tests.length > 0 ? tests : heldOut;
  return train.length > 0 && test.length > 0 ? { train, test } : null;
}

/**
 * The splits that are named, each of which must exist and be on one side only.
 * @throws EngineError bad-argument
 */
export function namedSplits(known: readonly string[], named: EvaluatedSplits): EvaluatedSplits {
  for (const name of [...named.train, ...named.test]) {
    if (known.includes(name)) continue;
    throw new EngineError(
      'bad-argument',
      known.length === 0
        ? `The library has no split "${name}": no folders of it are named as splits, such as train and test.`
        : unknownNameSentence('The library has no split', name, known),
    );
  }
  const both = named.train.find((name) => named.test.includes(name));
  if (both === undefined) return named;
  throw new EngineError('bad-argument', `The split "${both}" cannot be both learned and tested.`);
}

/** The training rows of which no test row is in the same group. */
function withoutGroupsOf(
  test: Uint32Array,
  train: Uint32Array,
  groups: Int32Array | null,
): Uint32Array {
  if (groups === null) return train;
  const tested = new Set(Array.from(test, (row) => groups[row]));
  return train.filter((row) => !tested.has(groups[row]));
}

interface SplitRows {
  readonly rows: UnitRows;
  /** The label of each row, -1 for rows that take no part. */
  readonly labels: LabelColumn;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  readonly k: number;
  /** Training rows of a group of a test row are not learned from. */
  readonly groups?: Int32Array | null;
}

const foldSeed = 1;
/** Test rows whose similarities are computed at once. */
const blockRows = 256;

/**
 * The accuracy, 0 to 1, on labelled test rows: of the weighted vote of the `k` nearest labelled
 * training rows, and of a linear classifier fitted on them; null with fewer than two labels or without
 * test rows, and for a classifier that would take many minutes.
 * @throws EngineError cancelled through `yieldToEvents`
 */
export async function splitAccuracy(
  { rows, labels, train: allTrain, test: allTest, k, groups = null }: SplitRows,
  yieldToEvents: () => Promise<void>,
): Promise<Omit<SplitScores, 'train' | 'test'>> {
  const isLabelled = (row: number): boolean => (labels[row] ?? -1) >= 0;
  const test = allTest.filter(isLabelled);
  const train = withoutGroupsOf(test, allTrain.filter(isLabelled), groups);
  const names = [...new Set(Array.from(train, (row) => labels[row] ?? -1))];
  const counts = { trainPictures: train.length, testPictures: test.length };
  if (names.length < 2 || test.length === 0) return { ...unknown, ...counts };
  const numbers = new Map(names.map((label, index) => [label, index]));
  const classOf = (row: number): number => numbers.get(labels[row] ?? -1) ?? -1;
  const products = await MatrixProducts.create(sessionThreads());
  try {
    const split = { rows, train, test, k: Math.min(k, train.length), classOf };
    const testLabels = Int32Array.from(test, (row) => labels[row] ?? -1);
    const accuracy = (given: ArrayLike<number>) =>
      knownAccuracy(testLabels, (index) => given[index] === classOf(test[index] ?? 0));
    const knn = accuracy(await votedClasses(split, names.length, products, yieldToEvents));
    const byNeighbours = { knn: knn.all, knnBalanced: knn.balanced };
    const trainLabels = Int32Array.from(train, (row) => labels[row] ?? -1);
    if (probeObstacle(rows.dimensions, trainLabels) !== null)
      return { ...unknown, ...byNeighbours, ...counts };
    const probed = { rows, classOf, classCount: names.length };
    const parts = tuningParts(train, classOf, groups);
    const { classifier } = await fitProbe(products, probed, parts, yieldToEvents);
    const linear = accuracy(await classifier.predict(test));
    return {
      ...byNeighbours,
      ...{ linear: linear.all, linearBalanced: linear.balanced },
      ...counts,
    };
  } finally {
    await products.dispose();
  }
}

const unknown = { knn: null, knnBalanced: null, linear: null, linearBalanced: null };

/** The accuracy over rows of which one at least is labelled. */
function knownAccuracy(labels: LabelColumn, isRight: (row: number) => boolean): Accuracy {
  return accuracyOf(labels, (row) => (isRight(row) ? 1 : 0)) ?? { all: 0, balanced: 0 };
}

/** A fifth of the training rows tunes the ridge. */
function tuningParts(
  train: Uint32Array,
  classOf: (row: number) => number,
  groups: Int32Array | null,
) {
  const divided = {
    classes: train.map(classOf),
    groups: Int32Array.from(train, (row, index) => groups?.[row] ?? index),
  };
  const folds = stratifiedFolds(divided, probeFolds, seedRandom(foldSeed));
  return {
    train,
    fitted: train.filter((_, index) => folds[index] !== 0),
    tuned: train.filter((_, index) => folds[index] === 0),
  };
}

/** The class that the vote of its nearest training rows gives to each test row. */
async function votedClasses(
  {
    rows,
    train,
    test,
    k,
    classOf,
  }: Omit<SplitRows, 'labels'> & { readonly classOf: (row: number) => number },
  classes: number,
  products: MatrixProducts,
  yieldToEvents: () => Promise<void>,
): Promise<Int32Array> {
  const known = { values: vectorsAt(rows, train), rows: train.length, columns: rows.dimensions };
  const given = new Int32Array(test.length);
  for (let start = 0; start < test.length; start += blockRows) {
    await yieldToEvents();
    const block = test.subarray(start, start + blockRows);
    const asked = { values: vectorsAt(rows, block), rows: block.length, columns: rows.dimensions };
    const similarities = await products.times(asked, known);
    for (const index of block.keys()) {
      const own = similarities.subarray(index * train.length, (index + 1) * train.length);
      const nearest = mostSimilar(own, k);
      const labels = nearest.map((one) => classOf(train[one] ?? -1));
      const values = nearest.map((one) => own[one] ?? 0);
      given[start + index] = highestClass(classScores(labels, values, classes, knnTemperature));
    }
  }
  return given;
}

/** The indices of the `k` largest values, the largest first; of equal ones the lower index first. */
function mostSimilar(values: Float32Array, k: number): number[] {
  const best: number[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (best.length === k && value <= (values[best[k - 1] as number] as number)) continue;
    let at = best.length;
    while (at > 0 && (values[best[at - 1] as number] as number) < value) at -= 1;
    best.splice(at, 0, index);
    if (best.length > k) best.pop();
  }
  return best;
}
