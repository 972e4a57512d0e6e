import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linearProbe, probeObstacle } from '../../../src-main/engine/evaluation/linear-probe.ts';
import { fitProbe } from '../../../src-main/engine/evaluation/probe-fit.ts';
import { SoftmaxClassifier } from '../../../src-main/engine/evaluation/softmax-classifier.ts';
import { MatrixProducts } from '../../../src-main/engine/numeric/matrix-products.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';

interface Labelled {
  readonly labels: number[];
  readonly rows: number[][];
}

/** Written by linear_probe.py: scikit-learn's LogisticRegression. */
interface Reference {
  readonly cases: (Labelled & {
    readonly trainingRows: number;
    readonly strength: number;
    readonly probabilities: number[][];
  })[];
  readonly nested: Labelled & {
    readonly folds: number[];
    readonly strengths: number[];
    readonly predicted: number[];
  };
}

const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, 'linear-probe.json'), 'utf8'),
) as Reference;
const goOn = (): Promise<void> => Promise.resolve();

let products: MatrixProducts;
beforeAll(async () => void (products = await MatrixProducts.create()));
afterAll(() => products.dispose());

function unitRows({ rows }: Labelled) {
  const vectors = Float32Array.from(rows.flat());
  return { vectors, count: rows.length, dimensions: rows[0]!.length };
}

describe('logistic regression', () => {
  it.each(reference.cases.map((one, index) => [index, one] as const))(
    'gives the probabilities of scikit-learn’s: case %i',
    async (_, one) => {
      const { labels, trainingRows, strength, probabilities } = one;
      const classes = probabilities[0]!.length;
      const train = Uint32Array.from({ length: trainingRows }, (__, row) => row);
      const held = Uint32Array.from(probabilities, (__, row) => trainingRows + row);
      const classOf = (row: number): number => labels[row]!;
      const classifier = new SoftmaxClassifier(products, unitRows(one), train, classOf, classes);
      await classifier.fit(strength, goOn);
      const scores = await classifier.scores(held);
      let loss = 0;
      for (const [row, expected] of probabilities.entries()) {
        const masses = [...scores.subarray(row * classes, (row + 1) * classes)].map(Math.exp);
        const total = masses.reduce((sum, mass) => sum + mass, 0);
        for (const [label, mass] of masses.entries()) {
          expect(Math.abs(mass / total - expected[label]!)).toBeLessThan(1e-3);
        }
        loss -= Math.log(expected[labels[trainingRows + row]!]!) / probabilities.length;
      }
      expect(Math.abs((await classifier.meanLoss(held, classOf)) - loss)).toBeLessThan(1e-3);
    },
  );

  it('with C tuned within the training folds chooses and predicts as scikit-learn’s', async () => {
    const { nested } = reference;
    const rows = unitRows(nested);
    const all = Uint32Array.from(nested.labels.keys());
    const inFold = (wanted: (fold: number) => boolean) =>
      all.filter((row) => wanted(nested.folds[row]!));
    const probed = { rows, classOf: (row: number) => nested.labels[row]!, classCount: 5 };
    const chosen: number[] = [];
    const predicted: number[] = [];
    for (let held = 0; held < 5; held++) {
      const next = (held + 1) % 5;
      const parts = {
        train: inFold((fold) => fold !== held),
        fitted: inFold((fold) => fold !== held && fold !== next),
        tuned: inFold((fold) => fold === next),
      };
      const { classifier, strength } = await fitProbe(products, probed, parts, goOn);
      chosen.push(strength);
      const own = inFold((fold) => fold === held);
      for (const [index, label] of (await classifier.predict(own)).entries()) {
        predicted[own[index]!] = label;
      }
    }
    expect(chosen).toEqual(nested.strengths);
    expect(predicted).toEqual(nested.predicted);
  });

  it('takes few steps: 300 labels of two pictures each', async () => {
    const shape = { count: 600, dimensions: 32, clusters: 300, spread: 0.3, seed: 4 };
    const rows = { vectors: clusteredUnitRows(shape), ...shape };
    const labels = Int32Array.from({ length: 600 }, (_, row) => row % 300);
    let steps = 0;
    const shares = await linearProbe(rows, labels, null, () => {
      steps++;
      return Promise.resolve();
    });
    const accuracy = shares!.right.reduce((sum, share) => sum + share, 0) / 600;
    expect(accuracy).toBeGreaterThan(0.6);
    // Five folds, each with at most seven fits to tune its ridge and one fit more.
    expect(steps).toBeLessThan(shares!.repeats * 5 * 8 * 30);
  });
});

describe('the folds', () => {
  it('keep groups together: twins that are right only by each other are wrong', async () => {
    // Thirty pairs of equal rows with labels at random: known by the twin, and by nothing else.
    const shape = { count: 30, dimensions: 40, clusters: 30, spread: 0.5, seed: 3 };
    const once = clusteredUnitRows(shape);
    const rows = { vectors: Float32Array.of(...once, ...once), count: 60, dimensions: 40 };
    const labels = Int32Array.from({ length: 60 }, (_, row) => ((row % 30) * 7) % 3);
    const groups = Int32Array.from({ length: 60 }, (_, row) => row % 30);
    const mean = ({ right }: { right: Float32Array }): number =>
      right.reduce((sum, share) => sum + share, 0) / right.length;
    const together = mean((await linearProbe(rows, labels, groups))!);
    const apart = mean((await linearProbe(rows, labels, null))!);
    expect(apart).toBeGreaterThan(0.7);
    expect(together).toBeLessThan(0.55);
  });
});

describe('what would take minutes', () => {
  const labelled = (pictures: number, labels: number): Int32Array =>
    Int32Array.from({ length: pictures }, (_, row) => row % labels);

  it('is left out, and said', async () => {
    const labels = labelled(40_000, 20_000);
    const rows = { vectors: new Float32Array(2 * 40_000), count: 40_000, dimensions: 2 };
    expect(await linearProbe(rows, labels, null)).toBeNull();
    expect(probeObstacle(2, labels)).toMatch(/^The linear probe was left out: with 20000 labels/);
  });

  it('is not what people have: two pictures of 1,200, or 500 of 100', () => {
    expect(probeObstacle(768, labelled(2400, 1200))).toBeNull();
    expect(probeObstacle(128, labelled(50_000, 100))).toBeNull();
    expect(probeObstacle(2048, labelled(50_000, 50))).toBeNull();
  });
});
