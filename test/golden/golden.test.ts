import { describe, expect, it } from 'vitest';
import type { NamedArray } from '../../src-main/engine/graph/program.ts';
import { float32Problems, wantedOf } from './float32-check.ts';
import { casesOf, goldenCases, largestDifference } from './golden-cases.ts';
import type { GoldenCase } from './golden-cases.ts';
import { goldenFamilies } from './golden-families.ts';
import { flatten, runLoss } from './golden-loss.ts';
import type { GoldenLoss, Nested } from './golden-loss.ts';

/** Objectives that other test files of this folder check. */
const checkedElsewhere = ['explain', 'weighted_knn', 'ring_anneal_schedule', 'pcl'];

type Outputs = Readonly<Record<string, NamedArray>>;

const ownNames = { loss: 'loss', perAnchor: 'per_anchor', grad: 'grad' };

const cases = casesOf(...Object.keys(goldenFamilies)).map((golden) => ({
  golden,
  name: golden.name,
}));

function lossesOf(golden: GoldenCase): readonly GoldenLoss[] {
  return goldenFamilies[golden.objective]!(golden);
}

/** The columns of each row where a mask is true. */
function columnsOf({ shape, values }: NamedArray): number[][] {
  const [rows = 0, columns = 0] = shape;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => column).filter(
      (column) => values[row * columns + column] !== 0,
    ),
  );
}

/** A file may say that a value equals an input instead of repeating it. */
function expectedValue(golden: GoldenCase, name: string): Nested | undefined {
  const aux = (golden.expected['aux'] ?? {}) as Readonly<Record<string, unknown>>;
  const value = aux[name] ?? golden.expected[name];
  const [, input] = typeof value === 'string' ? (/^equal inputs\.(\w+)$/.exec(value) ?? []) : [];
  return (input === undefined ? value : golden.inputs[input]) as Nested | undefined;
}

const listsOfColumns = ['ring_queue_indices', 'false_negative_columns'];

function checkBesides(golden: GoldenCase, outputs: Outputs): void {
  for (const [key, output] of Object.entries(outputs)) {
    const name = key.replace(/^aux\./, '');
    const expected = expectedValue(golden, name);
    if (name === key || expected === undefined) continue;
    if (listsOfColumns.includes(name)) {
      const sorted = (expected as number[][]).map((row) => [...row].sort((a, b) => a - b));
      expect(columnsOf(output), name).toEqual(sorted);
      continue;
    }
    const values = flatten(expected);
    const scale = Math.max(1, ...values.map(Math.abs));
    expect(largestDifference(output.values, values) / scale, name).toBeLessThan(1e-9);
  }
}

function checkClampRate(golden: GoldenCase, outputs: Outputs): void {
  const clamped = expectedValue(golden, 'clamped') as boolean[] | undefined;
  if (clamped === undefined) return;
  const rate = clamped.filter(Boolean).length / clamped.length;
  expect(outputs['aux.clampRate']!.values[0]).toBeCloseTo(rate, 12);
}

function checkGradients(
  gradients: Readonly<Record<string, Nested>>,
  outputs: Outputs,
  kind: 'grad' | 'through',
  tolerance: number,
): void {
  for (const [input, expected] of Object.entries(gradients)) {
    const found = outputs[`${kind}.${input}`];
    expect(found, `a gradient of ${input}`).toBeDefined();
    expect(largestDifference(found!.values, flatten(expected)), `${kind}.${input}`).toBeLessThan(
      tolerance,
    );
  }
}

async function checkInFloat64(golden: GoldenCase, loss: GoldenLoss): Promise<void> {
  const { names = ownNames } = loss;
  const outputs = await runLoss(loss, 'cpu', 'float64');
  const expected = golden.expected[names.loss] as number;
  const error = Math.abs(outputs['loss']!.values[0]! - expected) / Math.abs(expected);
  expect(error, names.loss).toBeLessThan(1e-10);
  const gradients = golden.expected[names.grad] as Readonly<Record<string, Nested>>;
  checkGradients(gradients, outputs, 'grad', 1e-9);
  const through = golden.expected[`${names.grad}_through_l2norm`] ?? {};
  checkGradients(through as Readonly<Record<string, Nested>>, outputs, 'through', 1e-9);
  const perAnchor = golden.expected[names.perAnchor] as number[] | undefined;
  if (perAnchor !== undefined) {
    expect(largestDifference(outputs['perAnchor']!.values, perAnchor)).toBeLessThan(1e-9);
  }
  checkBesides(golden, outputs);
  checkClampRate(golden, outputs);
}

const inFloat32 = cases.flatMap((one) => ['cpu', 'tfjs-cpu'].map((device) => ({ ...one, device })));

describe('golden', () => {
  it('knows every objective of the folder', () => {
    const known = [...Object.keys(goldenFamilies), ...checkedElsewhere];
    const unknown = goldenCases.filter(({ objective }) => !known.includes(objective));
    expect(unknown.map(({ name, objective }) => `${name}: ${objective}`)).toEqual([]);
    expect(goldenCases).not.toEqual([]);
  });

  it.each(cases)('$name traced in float64', async ({ golden }) => {
    for (const loss of lossesOf(golden)) await checkInFloat64(golden, loss);
  });

  it.each(inFloat32)('$name in float32 on $device', async ({ golden, device }) => {
    for (const loss of lossesOf(golden)) {
      expect(await float32Problems(golden, loss, device, wantedOf(golden, loss))).toEqual([]);
    }
  });
});
