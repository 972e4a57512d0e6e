import { describe, expect, test } from 'vitest';
import { pcaMap } from '../../../src-main/engine/map/pca.ts';
import { symmetricEigen } from '../../../src-main/engine/numeric/symmetric-eigen.ts';
import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';

function covariance({ vectors, count, dimensions }: UnitRows): number[][] {
  const column = (c: number) =>
    Array.from({ length: count }, (_, row) => vectors[row * dimensions + c]!);
  const centred = Array.from({ length: dimensions }, (_, c) => {
    const values = column(c);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    return values.map((value) => value - mean);
  });
  return centred.map((x) =>
    centred.map((y) => x.reduce((sum, value, row) => sum + value * y[row]!, 0)),
  );
}

describe('eigenpairs of a symmetric matrix', () => {
  test('solve A v = l v, largest first, with orthogonal unit vectors', () => {
    const rows = { count: 90, dimensions: 24 };
    const vectors = clusteredUnitRows({ ...rows, clusters: 5, spread: 0.5, seed: 3 });
    const matrix = covariance({ ...rows, vectors });
    const { values, vectors: found } = symmetricEigen(matrix);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    found.forEach((v, i) => {
      matrix.forEach((line, r) => {
        const image = line.reduce((sum, value, c) => sum + value * v[c]!, 0);
        expect(image).toBeCloseTo(values[i]! * v[r]!, 10);
      });
      found.forEach((w, j) => {
        const product = v.reduce((sum, value, c) => sum + value * w[c]!, 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
      });
    });
  });
});

describe('the map by principal components', () => {
  test.each([
    [2000, 48, 30, 1],
    [30, 200, 30, 1],
    [500, 3, 4, 0.2],
  ])('spans the two largest variances: %i rows of %i', (count, dimensions, clusters, spread) => {
    const vectors = clusteredUnitRows({ count, dimensions, clusters, spread, seed: 8 });
    const rows = { vectors, count, dimensions };
    const map = pcaMap(rows);
    const { values } = symmetricEigen(covariance(rows));
    const x = Array.from({ length: count }, (_, row) => map[2 * row]!);
    const y = Array.from({ length: count }, (_, row) => map[2 * row + 1]!);
    const product = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
    expect(product(x, x) / values[0]!).toBeCloseTo(1, 4);
    expect(product(y, y) / values[1]!).toBeCloseTo(1, 4);
    expect(product(x, y) / values[0]!).toBeCloseTo(0, 4);
    expect(pcaMap(rows)).toEqual(map);
  });

  test('finds two axes of equal variance', () => {
    const vectors = Float32Array.from([1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0]);
    const map = pcaMap({ vectors, count: 4, dimensions: 3 });
    const distance = (a: number, b: number) =>
      Math.hypot(map[2 * a]! - map[2 * b]!, map[2 * a + 1]! - map[2 * b + 1]!);
    expect(distance(0, 1)).toBeCloseTo(2, 5);
    expect(distance(2, 3)).toBeCloseTo(2, 5);
    expect(distance(0, 2)).toBeCloseTo(Math.SQRT2, 5);
  });

  test('turns each axis so that its largest loading is positive', () => {
    const vectors = Float32Array.from([0, 1, 0, -1, 0.6, 0.8]);
    const map = pcaMap({ vectors, count: 3, dimensions: 2 });
    expect(map[0]! - map[2]!).toBeGreaterThan(1.9);
  });

  test('is all zero for one row or equal rows, and flat for one dimension', () => {
    const equal = new Float32Array(50 * 4).fill(0.5);
    expect(pcaMap({ vectors: equal, count: 50, dimensions: 4 })).toEqual(new Float32Array(100));
    expect(pcaMap({ vectors: equal, count: 1, dimensions: 4 })).toEqual(new Float32Array(2));
    const line = Float32Array.from([1, -1, 1, -1]);
    const map = pcaMap({ vectors: line, count: 4, dimensions: 1 });
    expect([...map].map((value) => value + 0)).toEqual([1, 0, -1, 0, 1, 0, -1, 0]);
  });
});
