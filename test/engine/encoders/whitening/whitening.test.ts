import { describe, expect, it } from 'vitest';
import { linearProbe } from '../../../../src-main/engine/evaluation/linear-probe.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import {
  applyWhitening,
  fitWhitening,
} from '../../../../src-main/engine/encoders/whitening/whitening.ts';

const unheard = () => Promise.resolve();

describe('whitening', () => {
  it('finds known directions, whatever the mean, and scales them by 1 / sqrt(deviation)', async () => {
    const [count, dimensions] = [400, 6];
    const wave = (row: number, column: number): number =>
      Math.sqrt(2) * Math.cos((2 * Math.PI * (column + 1) * row) / count);
    // Columns that are exactly uncorrelated, with deviations 6, 5, … 1 and mean 10.
    const features = Float32Array.from({ length: count * dimensions }, (_, index) => {
      const column = index % dimensions;
      return 10 + (dimensions - column) * wave(Math.floor(index / dimensions), column);
    });
    const parts = [{ inputs: dimensions, outputs: 3, power: 0.5 }];
    const whitening = await fitWhitening(features, count, parts, unheard);
    expect([...whitening.mean].every((value) => Math.abs(value - 10) < 1e-5)).toBe(true);
    for (let row = 0; row < 3; row += 1) {
      const directions = whitening.parts[0]?.directions ?? new Float64Array();
      const direction = directions.subarray(row * dimensions, (row + 1) * dimensions);
      for (const [column, value] of direction.entries()) {
        const wanted = column === row ? 1 / Math.sqrt(dimensions - column) : 0;
        expect(Math.abs(value)).toBeCloseTo(wanted, 5);
      }
    }
    const whitened = await applyWhitening(whitening, features, count, unheard);
    const length = whitened.subarray(0, 3).reduce((sum, value) => sum + value * value, 0);
    expect(length).toBeCloseTo(1, 5);
  });

  it('has fewer directions with fewer pictures, and no number is lost', async () => {
    const features = Float32Array.from({ length: 3 * 8 }, (_, index) => (index * 7) % 5);
    const parts = [{ inputs: 8, outputs: 128, power: 0.5 }];
    const whitening = await fitWhitening(features, 3, parts, unheard);
    expect(whitening.outputDimensions).toBe(2);
    const whitened = await applyWhitening(whitening, features, 3, unheard);
    expect(whitened.every(Number.isFinite)).toBe(true);
  });

  it('leaves a linear classifier something to find where there are more numbers than pictures', async () => {
    // Two classes of 30 pictures, 200 numbers, the first of which says which class it is.
    const [count, inputs] = [60, 200];
    const random = seedRandom(5);
    const side = (row: number): number => (row % 2 === 0 ? 1 : -1);
    const features = Float32Array.from({ length: count * inputs }, (_, at) => {
      const [row, column] = [Math.floor(at / inputs), at % inputs];
      return (column === 0 ? 4 * side(row) : 0) + random.normal();
    });
    const parts = [{ inputs, outputs: 128, power: 0.5 }];
    const { outputDimensions, ...whitening } = await fitWhitening(features, count, parts, unheard);
    expect(outputDimensions).toBe(count / 2);
    const rows = await applyWhitening({ outputDimensions, ...whitening }, features, count, unheard);
    const labels = Int32Array.from({ length: count }, (_, row) => row % 2);
    const unit = { vectors: rows, count, dimensions: outputDimensions };
    const { right } = (await linearProbe(unit, labels, null)) ?? { right: new Float32Array() };
    expect(right.reduce((sum, value) => sum + value, 0) / count).toBeGreaterThan(0.8);
  });

  it('tells how far it is while it fits and while it whitens, and stops where that throws', async () => {
    const [count, inputs] = [5000, 12];
    const features = Float32Array.from({ length: count * inputs }, (_, at) => Math.sin(at * at));
    const parts = [4, 8].map((length) => ({ inputs: length, outputs: 3, power: 0.5 }));
    const heard: number[] = [];
    const hear = (done: number) => Promise.resolve(void heard.push(done));
    const whitening = await fitWhitening(features, count, parts, hear);
    const fitted = heard.splice(0);
    await applyWhitening(whitening, features, count, hear);
    for (const shares of [fitted, heard]) {
      expect(new Set(shares).size).toBeGreaterThan(4);
      expect(shares).toEqual(shares.toSorted((one, other) => one - other));
      expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    }
    const stopped = () => Promise.reject(new Error('cancelled'));
    await expect(fitWhitening(features, count, parts, stopped)).rejects.toThrow('cancelled');
    await expect(applyWhitening(whitening, features, count, stopped)).rejects.toThrow('cancelled');
  });
});
