import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import { describe, expect, it } from 'vitest';
import {
  contourSize,
  densityContours,
} from '../../../../src-renderer/map/scene/density-contours.ts';

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly density: number;
}

function cornersOf(lines: Float32Array): Corner[] {
  return Array.from({ length: lines.length / contourSize }, (_, corner) => {
    const [x = NaN, y = NaN, density = NaN] = lines.subarray(corner * contourSize);
    return { x, y, density };
  });
}

/** Points about several positions, so many at each. */
function clusters(
  ...at: readonly (readonly [x: number, y: number, count: number])[]
): Float32Array {
  const random = seedRandom(41);
  const draw = (): number => random.uniform(-0.25, 0.25);
  const spread = (): number => draw() + draw() + draw();
  return Float32Array.from(
    at.flatMap(([x, y, count]) =>
      Array.from({ length: count }, () => [x + spread(), y + spread()]).flat(),
    ),
  );
}

describe('lines of equal density', () => {
  it('are closed: every corner is the end of one piece and the start of another', () => {
    const lines = densityContours(clusters([0, 0, 300], [6, 3, 300]));
    const ends = new Map<string, number>();
    for (const { x, y, density } of cornersOf(lines)) {
      const key = `${x} ${y} ${density}`;
      ends.set(key, (ends.get(key) ?? 0) + 1);
    }
    expect(ends.size).toBeGreaterThan(100);
    for (const count of ends.values()) expect(count % 2).toBe(0);
  });

  it('rise to the top only where most points lie', () => {
    const corners = cornersOf(densityContours(clusters([0, 0, 900], [10, 0, 90])));
    const highest = (isHere: (corner: Corner) => boolean): number =>
      Math.max(...corners.filter(isHere).map(({ density }) => density));
    expect(highest(({ x }) => x < 5)).toBe(1);
    // A tenth of the densest is above the faintest of the six lines (0.05) and far below the third (0.22).
    expect(highest(({ x }) => x > 5)).toBeGreaterThanOrEqual(0);
    expect(highest(({ x }) => x > 5)).toBeLessThan(0.4);
    const highlands = corners.filter(({ density }) => density === 1);
    for (const { x, y } of highlands) expect(Math.hypot(x, y)).toBeLessThan(0.75);
  });

  it('lie about the points, with the density of one of six levels', () => {
    const corners = cornersOf(densityContours(clusters([100, -50, 400])));
    for (const { x, y } of corners) {
      expect(Math.abs(x - 100)).toBeLessThan(1);
      expect(Math.abs(y + 50)).toBeLessThan(1);
    }
    const levels = new Set(corners.map(({ density }) => Math.round(density * 5)));
    expect([...levels].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('are none around fewer than three points, and sound where points coincide or stand in a line', () => {
    expect(densityContours(new Float32Array())).toHaveLength(0);
    expect(densityContours(Float32Array.of(0, 0, 1, 1))).toHaveLength(0);
    const onOne = densityContours(Float32Array.of(2, 3, 2, 3, 2, 3));
    expect(onOne.length).toBeGreaterThan(0);
    for (const { x, y } of cornersOf(onOne)) {
      expect(x).toBeCloseTo(2, 5);
      expect(y).toBeCloseTo(3, 5);
    }
    const line = densityContours(Float32Array.of(0, 5, 1, 5, 2, 5, 3, 5));
    expect(line.length).toBeGreaterThan(0);
    expect(line.every(Number.isFinite)).toBe(true);
  });
});
