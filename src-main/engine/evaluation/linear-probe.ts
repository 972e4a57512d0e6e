import { setImmediate } from 'node:timers/promises';
import { MatrixProducts } from '../numeric/matrix-products.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { fewLabels, SoftmaxClassifier } from './softmax-classifier.ts';
import type { LabelColumn } from './label-columns.ts';

const folds = 5;
const foldSeed = 1;
/** Training rows x numbers x labels that take about a minute on two cores. */
const mostWork = 1e10;
/** Training rows x labels, whose scores are held in memory. */
const mostScores = 1e8;

/**
 * The accuracy, 0 to 1, of a linear classifier on unit rows, five-fold cross-validated with fixed
 * folds over the labelled rows; null with fewer than two labels or fewer than ten labelled rows, or
 * where `probeObstacle` has a reason. `yieldToEvents` is given the part that is done, 0 to 1.
 * @throws EngineError cancelled through `yieldToEvents`
 */
export async function linearProbeAccuracy(
  rows: UnitRows,
  labels: LabelColumn,
  yieldToEvents: (done: number) => Promise<void> = () => setImmediate(),
): Promise<number | null> {
  const { labelled, names } = labelledRows(labels);
  if (names.length < 2 || labelled.length < 2 * folds) return null;
  if (probeObstacle(rows.dimensions, labels) !== null) return null;
  const classes = new Map(names.map((name, index) => [name, index]));
  const classOf = (row: number): number => classes.get(labels[row] ?? -1) ?? 0;
  const order = shuffledOrder(labelled.length, seedRandom(foldSeed)).map(
    (index) => labelled[index] ?? 0,
  );
  const products = await MatrixProducts.create();
  let right = 0;
  try {
    for (let fold = 0; fold < folds; fold++) {
      const train = order.filter((_, index) => index % folds !== fold);
      const held = order.filter((_, index) => index % folds === fold);
      const classifier = new SoftmaxClassifier(products, rows, train, classOf, names.length);
      await classifier.fit(() => yieldToEvents(fold / folds));
      const given = await classifier.predict(held);
      for (const [index, row] of held.entries()) if (given[index] === classOf(row)) right += 1;
    }
  } finally {
    await products.dispose();
  }
  return right / labelled.length;
}

/** Why the classifier would take minutes, as a sentence; null where it does not. */
export function probeObstacle(dimensions: number, labels: LabelColumn): string | null {
  const { labelled, names } = labelledRows(labels);
  const scores = labelled.length * (1 - 1 / folds) * names.length;
  const isLarge = scores > mostScores || scores * (dimensions + 1) > mostWork;
  if (names.length <= fewLabels || !isLarge) return null;
  return `The linear probe was left out: with ${names.length} labels, ${labelled.length} pictures and ${dimensions} numbers each it would take many minutes.`;
}

function labelledRows(labels: LabelColumn): { labelled: Uint32Array; names: number[] } {
  const labelled = Uint32Array.from(labels.keys()).filter((row) => (labels[row] ?? -1) >= 0);
  return { labelled, names: [...new Set(Array.from(labelled, (row) => labels[row] ?? -1))] };
}
