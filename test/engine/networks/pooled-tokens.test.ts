import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import type { Pooling } from '../../../src-main/contract/loaded-encoders.ts';
import { pooledRows } from '../../../src-main/engine/networks/pooled-rows.ts';
import { poolOutput, toUnitRows } from '../../../src-main/engine/networks/pool-output.ts';

/** Two pictures of 7 tokens of length 2: [CLS], 2 registers and 4 patches. */
const values = Float32Array.from({ length: 2 * 7 * 2 }, (_, index) => (index * 7) % 11);
const shape = [2, 7, 2];
const tokens = { cls: true, registers: 2 };

function byHand(picture: number, taken: readonly number[]): number[] {
  const means = [0, 1].map(
    (channel) =>
      taken.reduce((sum, token) => sum + values[(picture * 7 + token) * 2 + channel]!, 0) /
      taken.length,
  );
  const length = Math.hypot(...means);
  return means.map((value) => value / length);
}

describe('a mean leaves registers out, in numbers and in a graph', () => {
  test.each<[Pooling, readonly number[]]>([
    ['mean', [0, 3, 4, 5, 6]],
    ['patches', [3, 4, 5, 6]],
    ['cls', [0]],
    ['auto', [0]],
  ])('%s', (pooling, taken) => {
    const expected = [0, 1].flatMap((picture) => byHand(picture, taken));
    const { vectors } = poolOutput({ shape, values }, pooling, 2, false, tokens);
    toUnitRows(vectors, 2);
    const inGraph = pooledRows(tf.tensor(values, shape), pooling, false, tokens).dataSync();
    for (const [index, value] of expected.entries()) {
      expect(vectors[index]).toBeCloseTo(value, 6);
      expect(inGraph[index]).toBeCloseTo(value, 5);
    }
  });

  test('of an encoder that was added before they were known, every token counts', () => {
    const { vectors } = poolOutput({ shape, values }, 'mean', 2, false);
    toUnitRows(vectors, 2);
    expect(vectors[0]).toBeCloseTo(byHand(0, [0, 1, 2, 3, 4, 5, 6])[0]!, 6);
  });
});
