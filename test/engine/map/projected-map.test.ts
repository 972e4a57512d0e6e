import { describe, expect, test } from 'vitest';
import { projectOntoMap } from '../../../src-main/engine/map/projected-map.ts';

/** Four pictures on a map, and each one's two nearest in another run. */
const positions = Float32Array.from([0, 0, 4, 0, 0, 4, 4, 4]);
const all = Int32Array.from([0, 1, 2, 3]);

function neighbours(similarities: readonly number[]) {
  return {
    rows: Int32Array.from([1, 2, 0, 3, 0, 3, 1, 2]),
    similarities: Float32Array.from(similarities),
    k: 2,
  };
}

const equal = neighbours(Array<number>(8).fill(0.5));

describe('a picture that is drawn among its neighbours', () => {
  test('lies in their middle where they are as similar', () => {
    const { coordinates } = projectOntoMap(positions, equal, all, 2);
    expect([...coordinates]).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
  });

  test('lies nearer to the more similar one, by exp(similarity / 0.07)', () => {
    const tilted = neighbours([0.5 + 0.07 * Math.log(3), 0.5, ...Array<number>(6).fill(0.5)]);
    const { coordinates } = projectOntoMap(positions, tilted, all, 2);
    expect(coordinates[0]).toBeCloseTo(3, 5);
    expect(coordinates[1]).toBeCloseTo(1, 5);
  });

  test('takes no more neighbours than k', () => {
    const { coordinates } = projectOntoMap(positions, equal, all, 1);
    expect([...coordinates]).toEqual([4, 0, 0, 0, 0, 0, 4, 0]);
  });

  test('gives the part of the spread that is between both positions', () => {
    // Every picture goes to the middle: nothing of the map remains.
    expect(projectOntoMap(positions, equal, all, 2).residual).toBeCloseTo(1, 12);
    const itself = { rows: all, similarities: new Float32Array(4).fill(1), k: 1 };
    expect(projectOntoMap(positions, itself, all, 1).residual).toBe(0);
  });

  test('counts only neighbours that are on the map, and stays where none is', () => {
    // Row 0 of the run is not on the map; its rows 1 to 3 are the map's positions 0 to 2.
    const some = Int32Array.from([-1, 0, 1, 2]);
    const { coordinates } = projectOntoMap(positions.subarray(0, 6), equal, some, 2);
    expect([...coordinates]).toEqual([0, 4, 0, 4, 2, 0]);
    const none = { rows: new Int32Array(4), similarities: new Float32Array(4), k: 1 };
    const projected = projectOntoMap(positions.subarray(0, 6), none, some, 1);
    expect([...projected.coordinates]).toEqual([...positions.subarray(0, 6)]);
  });
});
