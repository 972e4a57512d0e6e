import { describe, expect, it } from 'vitest';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import {
  nearestIndex,
  niceTicks,
  rangeOf,
  scaleLinear,
} from '../../../src-renderer/widgets/chart-scale.ts';

describe('the range of values', () => {
  it('goes from the smallest to the largest of all columns', () => {
    expect(rangeOf([Float32Array.of(3, 1), Float32Array.of(-4, 2)])).toEqual({ min: -4, max: 3 });
    expect(rangeOf([Float32Array.of(5)])).toEqual({ min: 5, max: 5 });
  });

  it('leaves out what is no number, and is 0 to 1 where nothing is left', () => {
    expect(rangeOf([Float32Array.of(NaN, 2, Infinity, -Infinity, 4)])).toEqual({ min: 2, max: 4 });
    expect(rangeOf([Float32Array.of(NaN)])).toEqual({ min: 0, max: 1 });
    expect(rangeOf([])).toEqual({ min: 0, max: 1 });
  });
});

describe('ticks', () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 100, 4, [0, 50, 100]],
    [0, 30, 3, [0, 10, 20, 30]],
    [-1, 1, 4, [-1, -0.5, 0, 0.5, 1]],
    [2.1, 4.9, 3, [2, 3, 4, 5]],
    [0.0012, 0.0034, 2, [0, 0.002, 0.004]],
  ])('from %d to %d, about %d of them, are %j', (min, max, count, ticks) => {
    expect(niceTicks({ min, max }, count)).toEqual(ticks);
  });

  it('cover any range in equal steps of 1, 2 or 5 times a power of ten', () => {
    const random = seedRandom(71);
    for (let turn = 0; turn < 300; turn++) {
      const min = random.uniform(-0.5, 0.5) * 10 ** random.uniform(-4, 4);
      const max = min + random.uniform(0, 1) * 10 ** random.uniform(-4, 4);
      const ticks = niceTicks({ min, max }, 5);
      const step = ticks[1]! - ticks[0]!;
      const slack = step * 1e-6;
      expect(ticks[0]).toBeLessThanOrEqual(min + slack);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max - slack);
      expect(ticks.length).toBeLessThanOrEqual(7);
      const leading = step / 10 ** Math.floor(Math.log10(step * 1.000001));
      expect([1, 2, 5].some((factor) => Math.abs(leading - factor) < 1e-3)).toBe(true);
    }
  });

  it('stand around a single value', () => {
    const around = niceTicks({ min: 5, max: 5 }, 4);
    expect(around[0]).toBeLessThanOrEqual(5);
    expect(around.at(-1)).toBeGreaterThanOrEqual(5);
    expect(around.length).toBeGreaterThan(1);
    expect(niceTicks({ min: 0, max: 0 }, 4).length).toBeGreaterThan(1);
    expect(niceTicks({ min: 0, max: 1 }, 0)).toEqual([0, 1]);
  });
});

describe('a linear scale', () => {
  it('lays both ends on both ends and the middle in the middle, upside down too', () => {
    const position = scaleLinear({ min: 10, max: 20 }, 300, 100);
    expect([position(10), position(15), position(20), position(25)]).toEqual([300, 200, 100, 0]);
  });

  it('has a position for the only value of a range', () => {
    expect(scaleLinear({ min: 3, max: 3 }, 0, 50)(3)).toBe(0);
  });
});

describe('the nearest of rising values', () => {
  const xs = Float32Array.of(1, 2, 2, 5, 8);
  const indexOf = (wanted: number, values = xs): number => nearestIndex(values, (x) => x - wanted);

  it('is the first that is not below what is wanted, as a look at each finds it', () => {
    for (let wanted = 0; wanted <= 10; wanted += 0.5) {
      const found = [...xs].findIndex((x) => x >= wanted);
      expect(indexOf(wanted)).toBe(found < 0 ? xs.length - 1 : found);
    }
  });

  it('is the first position of none', () => {
    expect(indexOf(3, new Float32Array())).toBe(0);
  });
});
