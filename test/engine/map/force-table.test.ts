import { expect, test } from 'vitest';
import { findABParams } from 'umap-js/dist/umap.js';
import {
  indexShift,
  firstIndex,
  forceTable,
  lastIndex,
} from '../../../src-main/engine/map/force-table.ts';

test.each([0, 0.1, 0.5, 0.99])(
  'holds the gradients of the curve for minDistance %f within 1 %',
  (minDistance) => {
    const { a, b } = findABParams(1, minDistance);
    const forces = forceTable(a, b);
    const float = new Float32Array(1);
    const bits = new Int32Array(float.buffer);
    for (let squared = 1.1e-6; squared < 1e6; squared *= 1.0371) {
      float[0] = squared;
      const index = (bits[0]! >> indexShift) - firstIndex;
      expect(index).toBeGreaterThanOrEqual(0);
      expect(index).toBeLessThanOrEqual(lastIndex);
      const curve = 1 + a * squared ** b;
      const attraction = (-2 * a * b * squared ** (b - 1)) / curve;
      const repulsion = (2 * b) / ((0.001 + squared) * curve);
      expect(Math.abs(forces.attraction[index]! / attraction - 1)).toBeLessThan(0.01);
      expect(Math.abs(forces.repulsion[index]! / repulsion - 1)).toBeLessThan(0.01);
    }
  },
);
