import { describe, expect, it } from 'vitest';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { sphericalKMeans } from '../../../src-main/engine/numeric/spherical-k-means.ts';

const width = 3;

/** Rows around the axes, `each` of every axis, one axis after another. */
function aroundAxes(each: number) {
  const random = seedRandom(3);
  const rows = Array.from({ length: 3 * each }, (_, index) => {
    const axis = Math.floor(index / each);
    const row = [0, 1, 2].map((d) => (d === axis ? 1 : 0) + 0.2 * random.normal());
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
  return { vectors: Float32Array.from(rows.flat()), count: rows.length, width };
}

describe('spherical k-means', () => {
  it('finds clusters that are there, whatever the seed', () => {
    const rows = aroundAxes(20);
    for (const seed of [1, 2, 3, 4, 5]) {
      const { centres, of } = sphericalKMeans(rows, 3, seedRandom(seed));
      const ofAxes = [0, 1, 2].map((axis) => new Set(of.slice(20 * axis, 20 * (axis + 1))));
      expect(ofAxes.map(({ size }) => size)).toEqual([1, 1, 1]);
      expect(new Set(of).size).toBe(3);
      for (let cluster = 0; cluster < 3; cluster += 1) {
        const centre = centres.slice(cluster * width, (cluster + 1) * width);
        expect(Math.hypot(...centre)).toBeCloseTo(1, 5);
      }
    }
  });

  it('gives the same clusters for the same seed, and goes on from given centres', () => {
    const rows = aroundAxes(10);
    const first = sphericalKMeans(rows, 5, seedRandom(7));
    expect(sphericalKMeans(rows, 5, seedRandom(7))).toEqual(first);
    const settled = sphericalKMeans(rows, 5, seedRandom(8), first.centres);
    expect(settled.of).toEqual(first.of);
  });

  it('leaves no centre without rows, even of rows that are all alike or as many as the clusters', () => {
    const alike = { vectors: new Float32Array(12).fill(Math.sqrt(1 / 3)), count: 4, width };
    const { centres } = sphericalKMeans(alike, 3, seedRandom(1));
    expect(centres.every(Number.isFinite)).toBe(true);
    const rows = aroundAxes(2);
    const away = new Float32Array(6 * width).fill(-Math.sqrt(1 / 3));
    expect(new Set(sphericalKMeans(rows, 6, seedRandom(1), away).of).size).toBe(6);
  });
});
