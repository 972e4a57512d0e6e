import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import type { NamedArray, ProgramSpec } from '../../../../src-main/engine/graph/program.ts';
import { anchorGradient } from '../../../../src-main/engine/explain/anchor-gradient.ts';
import { rankBySimilarity } from '../../../../src-main/engine/numeric/similarity-rank.ts';
import { batchCandidates } from '../../../../src-main/engine/training/sources/batch-candidates.ts';
import type { Loss } from '../../../../src-main/engine/losses/loss.ts';
import { objectiveLoss } from '../../../../src-main/engine/losses/objective-loss.ts';
import { ledgerOutputs } from '../../../../src-main/engine/training/ledger/ledger-outputs.ts';
import { weightLogit } from '../../../../src-main/engine/training/ledger/weight-logits.ts';
import { randomViews } from '../../losses/random-views.ts';

type Outputs = Record<string, NamedArray>;

const dimensions = 12;

const infoNceOf = (selection: 'all' | 'debiased' | 'hard' | 'gaussian' | 'ring'): Loss =>
  objectiveLoss({ selection, loss: 'info-nce' });

async function ledgerOf(
  loss: Loss,
  scalars: Readonly<Record<string, number>>,
  views: { z1: number[][]; z2: number[][] },
  labels: readonly number[],
): Promise<Outputs> {
  const batch = views.z1.length;
  const spec: ProgramSpec = {
    name: 'ledger',
    inputs: [
      { name: 'z1', shape: [batch, dimensions], dtype: 'float' },
      { name: 'z2', shape: [batch, dimensions], dtype: 'float' },
      { name: 'labels', shape: [2 * batch], dtype: 'int32' },
      ...loss.scalarNames.map((name) => ({ name, shape: [], dtype: 'float' as const })),
    ],
    build: (inputs) => {
      const rows = inputs['labels'] as tf.Tensor1D;
      const candidates = batchCandidates(inputs['z1'] as tf.Tensor2D, inputs['z2'] as tf.Tensor2D);
      const named = inputs as Readonly<Record<string, tf.Scalar>>;
      return ledgerOutputs(candidates, loss, named, [{ rows, columns: rows }]);
    },
  };
  const program = await compileProgram(spec, 'cpu', { threads: 1 });
  const feeds = Object.entries(scalars).map(([name, value]) => [name, Float32Array.of(value)]);
  try {
    return await program.run({
      z1: Float32Array.from(views.z1.flat()),
      z2: Float32Array.from(views.z2.flat()),
      labels: Int32Array.from([...labels, ...labels]),
      ...(Object.fromEntries(feeds) as Record<string, Float32Array>),
    });
  } finally {
    await program.dispose();
  }
}

interface Case {
  readonly name: string;
  readonly loss: Loss;
  readonly scalars: Readonly<Record<string, number>>;
  /** How far the two views lie apart: alike enough, debiasing takes everything from some anchors. */
  readonly noise?: number;
}

const cases: readonly Case[] = [
  { name: 'simclr', loss: infoNceOf('all'), scalars: { temperature: 0.5 } },
  { name: 'debiased', loss: infoNceOf('debiased'), scalars: { temperature: 0.5, tauPlus: 0.1 } },
  {
    name: 'debiased with clamped anchors',
    loss: infoNceOf('debiased'),
    scalars: { temperature: 0.2, tauPlus: 0.1 },
    noise: 1.1,
  },
  { name: 'hard', loss: infoNceOf('hard'), scalars: { temperature: 0.5, tauPlus: 0.1, beta: 2 } },
  {
    name: 'adnce',
    loss: infoNceOf('gaussian'),
    scalars: { temperature: 0.3, gaussMean: 0.2, gaussSigma: 0.3 },
  },
  {
    name: 'ring',
    loss: infoNceOf('ring'),
    scalars: { temperature: 0.2, ringInnerRank: 2, ringOuterRank: 9 },
  },
];

const close = (found: number | undefined, wanted: number): void =>
  expect(Math.abs((found ?? NaN) - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(1e-5);

/** (Σ p)² / Σ p² of the pushes above 0; 0 where nothing is pushed. */
function effectiveOf(pushes: Float64Array): number {
  const pushed = [...pushes].filter((push) => push > 0);
  const total = pushed.reduce((sum, push) => sum + push, 0);
  const squares = pushed.reduce((sum, push) => sum + push ** 2, 0);
  return pushed.length === 0 ? 0 : total ** 2 / squares;
}

/** One anchor of the batch by the explanation's own formulas, columns in the candidates' order. */
function naiveAnchor(
  rows: readonly number[][],
  row: number,
  scalars: Readonly<Record<string, number>>,
) {
  const dot = (a: number, b: number): number =>
    rows[a]!.reduce(
      (sum, value, element) => sum + Math.fround(value) * Math.fround(rows[b]![element]!),
      0,
    );
  const batch = rows.length / 2;
  const columns = [...rows.keys()].filter((column) => column % batch !== row % batch);
  const similarities = Float64Array.from(columns, (column) => dot(row, column));
  const { rank } = rankBySimilarity(similarities);
  const { ringInnerRank: inner = 0, ringOuterRank: outer = Infinity } = scalars;
  const isIn = (candidate: number): boolean =>
    rank[candidate]! >= inner && rank[candidate]! < outer;
  const { gaussMean: mean, gaussSigma: sigma = 1 } = scalars;
  const gauss = mean === undefined ? undefined : { mean, sigma };
  const settings = { temperature: 1, beta: 0, tauPlus: 0, ...scalars, gauss };
  const gradient = anchorGradient(
    similarities,
    dot(row, (row + batch) % (2 * batch)),
    settings,
    isIn,
  );
  const inLoss = columns.filter((_, candidate) => isIn(candidate)).length;
  return { columns, similarities, inLoss, isIn, ...gradient };
}

describe('ledger outputs of a step', () => {
  it.each(cases.map((each) => [each.name, each] as const))(
    '%s: every push, weight and total is what the explanation computes',
    async (_, { loss, scalars, noise = 1.5 }) => {
      const views = randomViews({ batch: 8, dimensions, noise, seed: 3 });
      const labels = [0, 1, 0, -1, 2, 1, 0, -1];
      const found = await ledgerOf(loss, scalars, views, labels);
      const rows = [...views.z1, ...views.z2];
      const value = (name: string, element: number) => found[`ledger.${name}`]?.values[element];
      for (const row of rows.keys()) {
        const naive = naiveAnchor(rows, row, scalars);
        close(value('effectiveNegatives', row), effectiveOf(naive.pushes));
        expect(value('clamped', row)).toBe(naive.clamped ? 1 : 0);
        let same = 0;
        for (const [candidate, column] of naive.columns.entries()) {
          const element = row * rows.length + column;
          close(value('push', element), naive.pushes[candidate]!);
          close(value('similarity', element), naive.similarities[candidate]!);
          if (labels[row % 8] === labels[column % 8] && labels[row % 8]! >= 0) {
            same += naive.clamped ? 0 : naive.share[candidate]!;
          }
          if (naive.clamped) continue;
          close(value('push', element)! / value('pushTotal', row)!, naive.share[candidate]!);
          if (!naive.isIn(candidate)) continue;
          const logit = weightLogit(scalars)(value('similarity', element)!);
          const weight = Math.exp(logit + value('logWeightScale', row)!);
          close(weight, naive.inLoss * naive.importance[candidate]!);
        }
        close(value('sameLabelShare', row), same);
        // Neither the anchor itself nor its other view is a negative.
        expect(value('push', row * rows.length + row)).toBe(0);
        expect(value('push', row * rows.length + ((row + 8) % 16))).toBe(0);
      }
    },
  );

  it('has anchors that are clamped among its cases, and some that are not', async () => {
    const views = randomViews({ batch: 8, dimensions, noise: 1.1, seed: 3 });
    const scalars = { temperature: 0.2, tauPlus: 0.1 };
    const found = await ledgerOf(infoNceOf('debiased'), scalars, views, Array<number>(8).fill(-1));
    expect(new Set(found['ledger.clamped']!.values)).toEqual(new Set([0, 1]));
  });

  it('records the 64 columns with the largest pushes if there are more than 256', async () => {
    const batch = 130;
    const views = randomViews({ batch, dimensions, noise: 1.5, seed: 4 });
    const scalars = { temperature: 0.5, tauPlus: 0.1, beta: 1 };
    const found = await ledgerOf(infoNceOf('hard'), scalars, views, Array<number>(batch).fill(-1));
    const rows = [...views.z1, ...views.z2];
    expect(found['ledger.push']!.shape).toEqual([2 * batch, 64]);
    const { columns, pushes } = naiveAnchor(rows, 7, scalars);
    const largest = [...columns.keys()]
      .sort((a, b) => Math.abs(pushes[b]!) - Math.abs(pushes[a]!))
      .slice(0, 64);
    const recorded = [...found['ledger.index']!.values].slice(7 * 64, 8 * 64);
    expect(new Set(recorded)).toEqual(new Set(largest.map((candidate) => columns[candidate])));
    for (const [index, column] of recorded.entries()) {
      const candidate = columns.indexOf(column);
      close(found['ledger.push']!.values[7 * 64 + index], pushes[candidate]!);
    }
  });

  it('counts a column as often as it was drawn, and an anchor without negatives as none', async () => {
    await tf.setBackend('cpu');
    const found = tf.tidy(() => {
      const multiplicity = tf.tensor2d([
        [3, 1, 0],
        [0, 0, 0],
      ]);
      const candidates = {
        similarity: tf.tensor2d([
          [0.5, 0.3, 0.9],
          [0.5, 0.3, 0.9],
        ]),
        positiveSimilarity: tf.tensor2d([[0.7], [0.7]]),
        isNegative: tf.greater(multiplicity, 0),
        negatives: tf.tensor2d([[4], [1]]),
        multiplicity,
      };
      const numbers = { temperature: 0.5, tauPlus: 0, beta: 1 };
      const scalars = Object.fromEntries(
        Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]),
      );
      const labels = {
        rows: tf.tensor1d([0, 0], 'int32'),
        columns: tf.tensor1d([0, 1, 1], 'int32'),
      };
      const outputs = ledgerOutputs(candidates, infoNceOf('hard'), scalars, [labels]);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, [...tensor.dataSync()]]),
      );
    });
    const [more, less] = [Math.exp(0.5 / 0.5), Math.exp(0.3 / 0.5)];
    // γ of each of the four negatives, three of which are one column.
    const [bigger, smaller] = [Math.exp((2 * 0.5) / 0.5), Math.exp((2 * 0.3) / 0.5)];
    const share = (mass: number, weight: number): number =>
      (2 * mass) / (3 * bigger + smaller) - weight / (3 * more + less);
    const [pushed, other] = [share(bigger, more), share(smaller, less)];
    const effective = (3 * pushed + other) ** 2 / (3 * pushed ** 2 + other ** 2);
    expect(other).toBeGreaterThan(0);
    close(found['ledger.effectiveNegatives']![0], effective);
    close(Math.exp(1 + found['ledger.logWeightScale']![0]!), (4 * more) / (3 * more + less));
    expect(found['ledger.effectiveNegatives']![1]).toBe(0);
    expect(found['ledger.clamped']![1]).toBe(1);
    expect(Object.values(found).flat().every(Number.isFinite)).toBe(true);
  });
});
