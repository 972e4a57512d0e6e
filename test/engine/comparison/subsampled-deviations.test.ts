import { expect, test } from 'vitest';
import { neighbourOverlap } from '../../../src-main/engine/comparison/neighbour-overlap.ts';
import { rankBiasedOverlap } from '../../../src-main/engine/comparison/rank-biased-overlap.ts';
import { subsampledDeviations } from '../../../src-main/engine/comparison/subsampled-deviations.ts';
import {
  countsOfAll,
  MeasuresOfPart,
} from '../../../src-main/engine/comparison/subsampled-measures.ts';
import { precisionAtK } from '../../../src-main/engine/evaluation/precision-at-k.ts';
import { leaveOneOutAccuracy } from '../../../src-main/engine/evaluation/weighted-knn.ts';
import { nearestOf } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { exchangeableNetworks } from '../../bench/truth/exchangeable-networks.ts';

const k = 15;

type Columns = Record<(typeof measures)[number], number[]>;

const measures = ['knn', 'precisionAt20', 'hardness'] as const;

const measured = ({ labels, runs }: ReturnType<typeof exchangeableNetworks>) => {
  const isIn = new Uint8Array(labels.length).fill(1);
  return new MeasuresOfPart(runs, { labels, scored: labels }, countsOfAll(k)).of(isIn);
};

test('all rows give what the comparison itself measures', () => {
  const drawn = exchangeableNetworks(150, 1);
  const { labels, runs } = drawn;
  const values = measured(drawn);
  const [first, second] = [runs[0].neighbours, runs[1].neighbours];
  const [knnA, knnB] = [first, second].map((neighbours) =>
    leaveOneOutAccuracy({ neighbours, labels }, 5)!,
  );
  const [precisionA, precisionB] = [first, second].map((neighbours) =>
    precisionAtK({ neighbours, labels })!,
  );
  const mean = (column: ArrayLike<number>) =>
    Array.from(column).reduce((total, value) => total + value, 0) / column.length;
  const ranked = Array.from(labels, (_, row) =>
    rankBiasedOverlap(nearestOf(first, row, k), nearestOf(second, row, k)),
  );
  expect(values.knn).toBeCloseTo(knnB! - knnA!, 12);
  expect(values.precisionAt20).toBeCloseTo(precisionB! - precisionA!, 12);
  expect(values.neighbourOverlap).toBeCloseTo(mean(neighbourOverlap(first, second, k)), 12);
  expect(values.rankBiasedOverlap).toBeCloseTo(mean(ranked), 12);
});

test('rows outside a part are no neighbours in it', () => {
  const { labels, runs } = exchangeableNetworks(60, 2);
  const isIn = Uint8Array.from(labels, (_, row) => Number(row < 30));
  const values = new MeasuresOfPart(runs, { labels, scored: labels }, countsOfAll(k)).of(isIn);
  // The same from lists that never had the other rows.
  const inside = (run: Neighbours): Neighbours => {
    const lists = Array.from({ length: 30 }, (_, row) =>
      Array.from(nearestOf(run, row, run.k)).filter((other) => other < 30),
    );
    const rows = Int32Array.from(lists.flatMap((list) => list.slice(0, 20)));
    return { rows, similarities: new Float32Array(rows.length), k: 20 };
  };
  const overlap = neighbourOverlap(inside(runs[0].neighbours), inside(runs[1].neighbours), k);
  expect(values.neighbourOverlap).toBeCloseTo(
    overlap.reduce((total, value) => total + value, 0) / 30,
    12,
  );
});

test('in 60 draws of an exact null the deviations are those of the differences themselves', async () => {
  const differences: Columns = { knn: [], precisionAt20: [], hardness: [] };
  const deviations: Columns = { knn: [], precisionAt20: [], hardness: [] };
  for (let seed = 0; seed < 60; seed++) {
    const drawn = exchangeableNetworks(150, 100 + seed);
    const values = measured(drawn);
    const known = { labels: drawn.labels, scored: drawn.labels };
    const found = await subsampledDeviations(drawn.runs, known, { k, seed: 1 }, () =>
      Promise.resolve(),
    );
    for (const name of measures) {
      differences[name].push(values[name]);
      deviations[name].push(found[name]);
    }
  }
  const rootMeanSquare = (values: readonly number[]) =>
    Math.sqrt(values.reduce((total, value) => total + value ** 2, 0) / values.length);
  for (const name of measures) {
    // The standard error of the ratio with 60 draws is about 0.09.
    const ratio = rootMeanSquare(deviations[name]) / rootMeanSquare(differences[name]);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.4);
  }
}, 120_000);
