import { describe, expect, it } from 'vitest';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { linePath, smoothed } from '../../../src-renderer/widgets/chart-path.ts';

const same = (value: number): number => value;

/** The corners of a path of M and L. */
function cornersOf(path: string): number[][] {
  return path
    .slice(1)
    .split('L')
    .map((corner) => corner.split(' ').map(Number));
}

describe('the path of a curve', () => {
  it('goes through every point where each has a pixel of its own', () => {
    const xs = Float32Array.of(0, 10, 20);
    const ys = Float32Array.of(5, 1, 7);
    expect(linePath(xs, ys, same, same)).toBe('M0.0 5.0L10.0 1.0L20.0 7.0');
    expect(
      linePath(
        xs,
        ys,
        (x) => x * 2 + 1,
        (y) => 10 - y,
      ),
    ).toBe('M1.0 5.0L21.0 9.0L41.0 3.0');
  });

  it('keeps the lowest and the highest of each pixel, in their order', () => {
    const xs = Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1);
    const ys = Float32Array.of(3, 9, 4, -2, 5, 6);
    expect(linePath(xs, ys, same, same)).toBe('M0.2 9.0L0.6 -2.0L1.0 6.0');
  });

  it('loses no spike of very many points, with at most two a pixel', () => {
    const random = seedRandom(61);
    const count = 20_000;
    const xs = Float32Array.from({ length: count }, (_, index) => (index / count) * 200);
    const ys = Float32Array.from(xs, () => random.uniform(0, 1));
    ys[12_345] = 40;
    ys[777] = -40;
    const corners = cornersOf(linePath(xs, ys, same, same));
    expect(corners.length).toBeLessThanOrEqual(400);
    expect(corners.length).toBeGreaterThan(390);
    expect(Math.max(...corners.map(([, y]) => y!))).toBe(40);
    expect(Math.min(...corners.map(([, y]) => y!))).toBe(-40);
    const positions = corners.map(([x]) => x!);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it('leaves out what is no number, which an axis has no position for either', () => {
    const ys = Float32Array.of(1, NaN, 3, Infinity, 5);
    expect(linePath(Float32Array.of(0, 0.1, 2, 3, 4), ys, same, same)).toBe(
      'M0.0 1.0L2.0 3.0L4.0 5.0',
    );
    expect(linePath(Float32Array.of(NaN, 1), Float32Array.of(1, 2), same, same)).toBe('M1.0 2.0');
    // A pixel whose first value is none still has its lowest and highest.
    const pixel = linePath(Float32Array.of(0, 0.1, 0.2), Float32Array.of(NaN, 7, 2), same, same);
    expect(pixel).toBe('M0.1 7.0L0.2 2.0');
  });

  it('is nothing without points, and a position for one', () => {
    expect(linePath(new Float32Array(), new Float32Array(), same, same)).toBe('');
    expect(linePath(Float32Array.of(3), Float32Array.of(4), same, same)).toBe('M3.0 4.0');
    expect(linePath(Float32Array.of(1, 1), Float32Array.of(2, 2), same, same)).toBe('M1.0 2.0');
  });
});

describe('the moving average', () => {
  it('is the mean weighted by powers of the decay, the newest by 1', () => {
    const values = Float32Array.of(8, 4, 2, 16, 1);
    const decay = 0.6;
    const expected = [...values].map((_, at) => {
      const weights = [...values.subarray(0, at + 1)].map((_one, back) => decay ** (at - back));
      const sum = weights.reduce((all, weight, back) => all + weight * values[back]!, 0);
      return sum / weights.reduce((all, weight) => all + weight, 0);
    });
    smoothed(values, decay).forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 5));
  });

  it('leaves constant values and what does not decay as they are', () => {
    for (const value of smoothed(new Float32Array(100).fill(3), 0.94))
      expect(value).toBeCloseTo(3, 5);
    expect([...smoothed(Float32Array.of(1, -2, 5), 0)]).toEqual([1, -2, 5]);
    expect(smoothed(new Float32Array(), 0.9)).toHaveLength(0);
  });
});
