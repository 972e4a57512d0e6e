import { describe, expect, it } from 'vitest';
import {
  applyWhitening,
  fitWhitening,
} from '../../../../src-main/engine/encoders/whitening/whitening.ts';

describe('whitening', () => {
  it('finds known directions, whatever the mean, and scales them by 1 / sqrt(deviation)', () => {
    const [count, dimensions] = [400, 6];
    const wave = (row: number, column: number): number =>
      Math.sqrt(2) * Math.cos((2 * Math.PI * (column + 1) * row) / count);
    // Columns that are exactly uncorrelated, with deviations 6, 5, … 1 and mean 10.
    const features = Float32Array.from({ length: count * dimensions }, (_, index) => {
      const column = index % dimensions;
      return 10 + (dimensions - column) * wave(Math.floor(index / dimensions), column);
    });
    const whitening = fitWhitening(features, count, [
      { inputs: dimensions, outputs: 3, power: 0.5 },
    ]);
    expect([...whitening.mean].every((value) => Math.abs(value - 10) < 1e-5)).toBe(true);
    for (let row = 0; row < 3; row += 1) {
      const directions = whitening.parts[0]?.directions ?? new Float64Array();
      const direction = directions.subarray(row * dimensions, (row + 1) * dimensions);
      for (const [column, value] of direction.entries()) {
        const wanted = column === row ? 1 / Math.sqrt(dimensions - column) : 0;
        expect(Math.abs(value)).toBeCloseTo(wanted, 5);
      }
    }
    const whitened = applyWhitening(whitening, features, count);
    const length = whitened.subarray(0, 3).reduce((sum, value) => sum + value * value, 0);
    expect(length).toBeCloseTo(1, 5);
  });

  it('has fewer directions with fewer pictures, and no number is lost', () => {
    const features = Float32Array.from({ length: 3 * 8 }, (_, index) => (index * 7) % 5);
    const whitening = fitWhitening(features, 3, [{ inputs: 8, outputs: 128, power: 0.5 }]);
    expect(whitening.outputDimensions).toBe(2);
    expect(applyWhitening(whitening, features, 3).every(Number.isFinite)).toBe(true);
  });
});
