import type { MatrixProducts } from '../numeric/matrix-products.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { SoftmaxClassifier, toCompare } from './softmax-classifier.ts';

/** The strengths C of the data against the ridge that are tried, the strongest ridge first. */
const strengths = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100] as const;

/** What a classifier learns from, and what its ridge is tuned on. */
interface ProbedRows {
  readonly rows: UnitRows;
  /** The class of each row, from 0 to `classCount` - 1. */
  readonly classOf: (row: number) => number;
  readonly classCount: number;
}

interface FittedProbe {
  readonly classifier: SoftmaxClassifier;
  readonly strength: number;
}

/**
 * A classifier of the rows in `train`. Its C is the one of `strengths` by which learning from those of
 * them in `fitted` gives the rest, `tuned`, the least mean loss; it looks no further once a weaker ridge
 * is worse. Rows in `tuned` whose class is not in `fitted` do not count. Without any the ridge is 1/n.
 */
export async function fitProbe(
  products: MatrixProducts,
  { rows, classOf, classCount }: ProbedRows,
  { train, fitted, tuned }: Readonly<Record<'train' | 'fitted' | 'tuned', Uint32Array>>,
  yieldToEvents: () => Promise<void>,
): Promise<FittedProbe> {
  const known = new Set(fitted.map(classOf));
  const judged = tuned.filter((row) => known.has(classOf(row)));
  let strength: number = 1;
  if (judged.length > 0 && known.size > 1) {
    const trial = new SoftmaxClassifier(products, rows, fitted, classOf, classCount);
    let least = Infinity;
    for (const tried of strengths) {
      await trial.fit(tried, yieldToEvents, toCompare);
      const loss = await trial.meanLoss(judged, classOf);
      if (loss >= least) break;
      [least, strength] = [loss, tried];
    }
  }
  const classifier = new SoftmaxClassifier(products, rows, train, classOf, classCount);
  await classifier.fit(strength, yieldToEvents);
  return { classifier, strength };
}
