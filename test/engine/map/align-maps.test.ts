import { describe, expect, test } from 'vitest';
import { alignMaps } from '../../../src-main/engine/map/align-maps.ts';

describe('alignMaps', () => {
  const map = Float32Array.from([0, 0, 4, 0, 4, 2, 1, 5]);

  test.each([1, -1])('undoes rotation, scale and shift (mirror %i)', (mirror) => {
    const moved = new Float32Array(map.length);
    for (let index = 0; index < map.length; index += 2) {
      const [x, y] = [map[index]!, mirror * map[index + 1]!];
      moved[index] = 3 * (0.6 * x - 0.8 * y) + 10;
      moved[index + 1] = 3 * (0.8 * x + 0.6 * y) - 5;
    }
    const { coordinates, residual } = alignMaps(map, moved);
    expect(residual).toBeCloseTo(0, 6);
    for (const [index, value] of coordinates.entries()) expect(value).toBeCloseTo(map[index]!, 4);
  });

  test('the residual is the share of the spread that is left over', () => {
    const moving = Float32Array.from([0, 0, 4, 1, 3, 2, 1, 4]);
    const { coordinates, residual } = alignMaps(map, moving);
    const [centreX, centreY] = [9 / 4, 7 / 4];
    const spread = map.reduce((t, v, i) => t + (v - (i % 2 ? centreY : centreX)) ** 2, 0);
    const left = map.reduce((t, v, i) => t + (v - coordinates[i]!) ** 2, 0);
    expect(residual).toBeCloseTo(left / spread, 5);
    expect(residual).toBeGreaterThan(0.001);
  });

  test('a map of one point fits nowhere', () => {
    expect(alignMaps(map, new Float32Array(8)).residual).toBe(1);
  });
});
