import { setImmediate } from 'node:timers/promises';
import { MatrixProducts } from '../numeric/matrix-products.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { SoftmaxClassifier } from './softmax-classifier.ts';
import type { LabelColumn } from './label-columns.ts';

const folds = 5;
const foldSeed = 1;

/**
 * The accuracy, 0 to 1, of a linear classifier on unit rows, five-fold cross-validated with fixed
 * folds over the labelled rows; null with fewer than two labels or fewer than ten labelled rows.
 * @throws EngineError cancelled through `yieldToEvents`
 */
export async function linearProbeAccuracy(
  rows: UnitRows,
  labels: LabelColumn,
  yieldToEvents: () => Promise<void> = () => setImmediate(),
): Promise<number | null> {
  const labelled = Uint32Array.from(labels.keys()).filter((row) => (labels[row] ?? -1) >= 0);
  const names = [...new Set(Array.from(labelled, (row) => labels[row] ?? -1))];
  if (names.length < 2 || labelled.length < 2 * folds) return null;
  const classOf = (row: number): number => names.indexOf(labels[row] ?? -1);
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
      await classifier.fit(yieldToEvents);
      const given = await classifier.predict(held);
      for (const [index, row] of held.entries()) if (given[index] === classOf(row)) right += 1;
    }
  } finally {
    await products.dispose();
  }
  return right / labelled.length;
}
