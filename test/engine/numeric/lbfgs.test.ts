import { describe, expect, it } from 'vitest';
import { minimise } from '../../../src-main/engine/numeric/lbfgs.ts';

describe('L-BFGS', () => {
  it('finds the minimum of a stretched bowl and of a curved valley', async () => {
    const scales = [1, 10, 100, 1000];
    const bowl = await minimise(
      new Float32Array(4),
      (x) =>
        Promise.resolve({
          value: scales.reduce((sum, scale, at) => sum + 0.5 * scale * (x[at]! - at) ** 2, 1),
          gradient: Float32Array.from(scales, (scale, at) => scale * (x[at]! - at)),
        }),
      { firstStep: 1e-3, iterations: 60, tolerance: 1e-9 },
    );
    expect([...bowl]).toEqual([0, 1, 2, 3].map((at) => expect.closeTo(at, 3) as unknown));
    // log(e^x + e^-x + e^y + e^-y) with a tilt: its minimum solves tanh-like equations; checked by slope.
    const slope = ([x, y]: Float32Array) => {
      const masses = [Math.exp(x!), Math.exp(-x!), Math.exp(y!), Math.exp(-y!)];
      const total = masses.reduce((sum, mass) => sum + mass, 0);
      return {
        value: Math.log(total) - 0.3 * x! + 0.2 * y!,
        gradient: Float32Array.of(
          (masses[0]! - masses[1]!) / total - 0.3,
          (masses[2]! - masses[3]!) / total + 0.2,
        ),
      };
    };
    const options = { firstStep: 1, iterations: 60, tolerance: 1e-10 };
    const found = await minimise(Float32Array.of(4, -5), (x) => Promise.resolve(slope(x)), options);
    expect(Math.hypot(...slope(found).gradient)).toBeLessThan(1e-3);
  });
});

describe('a preconditioner', () => {
  it('leads to the same minimum', async () => {
    const scales = [1, 10, 100, 1000];
    const found = await minimise(
      new Float32Array(4),
      (x) =>
        Promise.resolve({
          value: scales.reduce((sum, scale, at) => sum + 0.5 * scale * (x[at]! - at) ** 2, 1),
          gradient: Float32Array.from(scales, (scale, at) => scale * (x[at]! - at)),
        }),
      {
        firstStep: 1,
        iterations: 2,
        tolerance: 0,
        flat: 1e-6,
        precondition: (gradient) =>
          Promise.resolve(gradient.map((value, at) => value / scales[at]!)),
      },
    );
    // The exact inverse of the curvature reaches it in one step.
    expect([...found]).toEqual([0, 1, 2, 3].map((at) => expect.closeTo(at, 5) as unknown));
  });
});
