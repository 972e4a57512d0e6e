import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  judgedMetric,
  type KnownRows,
} from '../../../src-main/engine/training/material/judged-metric.ts';

interface Golden {
  readonly rows: readonly number[];
  readonly dimensions: number;
  readonly cases: readonly (KnownRows & { readonly metric: readonly number[] })[];
}

const file = new URL('../../fixtures/judged-whitening.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
const { dimensions } = golden;
const rows = Float32Array.from(golden.rows);
const unheard = () => Promise.resolve();

describe('the metric of what is known of pairs', () => {
  it.each(golden.cases.map((one, index) => [index, one] as const))(
    'is that of NumPy in case %i',
    async (_, { metric, ...known }) => {
      const factor = (await judgedMetric(rows, dimensions, known, unheard)) ?? new Float64Array();
      for (const [index, expected] of metric.entries()) {
        const [row, column] = [Math.floor(index / dimensions), index % dimensions];
        let value = 0;
        for (let k = 0; k < dimensions; k += 1) {
          value += (factor[row * dimensions + k] ?? 0) * (factor[column * dimensions + k] ?? 0);
        }
        expect(value).toBeCloseTo(expected, 6);
      }
    },
  );

  it('is none where nothing is known', async () => {
    const nothing = { groups: [[3]], labels: [], different: [] };
    expect(await judgedMetric(rows, dimensions, nothing, unheard)).toBeNull();
  });

  it('keeps finite numbers where all of a group are alike', async () => {
    const alike = Float32Array.from({ length: 4 * 3 }, () => 0.5);
    const known = { groups: [[0, 1, 2]], labels: [], different: [[0, 3]] } as const;
    const factor = await judgedMetric(alike, 3, known, unheard);
    expect(factor?.every(Number.isFinite)).toBe(true);
  });
});
