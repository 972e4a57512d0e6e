import { seedRandom, type Random } from '../../../../src-main/engine/numeric/random.ts';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../src-renderer/map/scene/camera.ts';
import {
  boxAround,
  extendLasso,
  insideOf,
  lassoKeys,
  rectangleBetween,
  selectionModeOf,
} from '../../../../src-renderer/map/input/lasso.ts';

interface Spoke {
  readonly angle: number;
  readonly radius: number;
}

/** An outline that any ray from the origin crosses once: its corners go once round it. */
function roundOutline(random: Random, corners: number): Spoke[] {
  return Array.from({ length: corners }, (_, corner) => ({
    angle: ((corner + random.uniform(0, 0.8)) / corners) * 2 * Math.PI,
    radius: random.uniform(0.5, 2.5),
  }));
}

const positionOf = ({ angle, radius }: Spoke): Position => ({
  x: radius * Math.cos(angle),
  y: radius * Math.sin(angle),
});

/** How far from the origin the outline is in a direction: where the ray cuts the edge across it. */
function reachAt(spokes: readonly Spoke[], angle: number): number {
  const after = spokes.findIndex((spoke) => spoke.angle > angle);
  const to = spokes[after < 0 ? 0 : after]!;
  const from = spokes.at(after < 0 ? -1 : after - 1)!;
  // The area of the triangle of both corners is that of its two parts on either side of the ray.
  const whole = from.radius * to.radius * Math.sin(to.angle - from.angle);
  const parts = from.radius * Math.sin(angle - from.angle) + to.radius * Math.sin(to.angle - angle);
  return whole / parts;
}

describe('what is inside an outline', () => {
  it('is what lies nearer to the middle than the outline in that direction', () => {
    const random = seedRandom(21);
    for (let turn = 0; turn < 20; turn++) {
      const spokes = roundOutline(random, 5 + turn);
      const isInside = insideOf(spokes.map(positionOf));
      for (let point = 0; point < 200; point++) {
        const spoke = { angle: random.uniform(0, 2 * Math.PI), radius: random.uniform(0, 3) };
        const { x, y } = positionOf(spoke);
        expect(isInside(x, y)).toBe(spoke.radius < reachAt(spokes, spoke.angle));
      }
    }
  });

  it('leaves out the middle of a pentagram, which its outline goes round twice', () => {
    const star = [0, 2, 4, 1, 3].map((corner) =>
      positionOf({ angle: Math.PI / 2 + (corner * 2 * Math.PI) / 5, radius: 1 }),
    );
    const isInside = insideOf(star);
    expect(isInside(0, 0)).toBe(false);
    expect(isInside(0, 0.6)).toBe(true);
    expect(isInside(0, -0.6)).toBe(false);
  });

  it('counts a position on the common edge of two rectangles to one of them only', () => {
    const left = insideOf(rectangleBetween({ x: 0, y: 0 }, { x: 1, y: 1 }));
    const right = insideOf(rectangleBetween({ x: 1, y: 0 }, { x: 2, y: 1 }));
    expect(Number(left(1, 0.5)) + Number(right(1, 0.5))).toBe(1);
  });

  it('is nothing without an outline, or within a line', () => {
    expect(insideOf([])(0, 0)).toBe(false);
    expect(
      insideOf([
        { x: 0, y: 0 },
        { x: 2, y: 2 },
      ])(1, 1),
    ).toBe(false);
  });
});

describe('drawing an outline', () => {
  it('spans a rectangle between two corners, in whichever direction', () => {
    const corners = rectangleBetween({ x: 5, y: 7 }, { x: 1, y: 9 });
    expect(corners).toEqual([
      { x: 5, y: 7 },
      { x: 1, y: 7 },
      { x: 1, y: 9 },
      { x: 5, y: 9 },
    ]);
    expect(boxAround(corners)).toEqual({ minX: 1, minY: 7, maxX: 5, maxY: 9 });
  });

  it('takes a corner only 3 pixels from the last', () => {
    const first = extendLasso([], { x: 10, y: 10 });
    expect(first).toEqual([{ x: 10, y: 10 }]);
    expect(extendLasso(first, { x: 12, y: 12 })).toBe(first);
    expect(extendLasso(first, { x: 13, y: 10 })).toHaveLength(2);
  });

  it('replaces the selection, adds to it with Shift and takes away with Alt, also with both', () => {
    const mode = (shiftKey: boolean, altKey: boolean) => selectionModeOf({ shiftKey, altKey });
    expect(mode(false, false)).toBe('replace');
    expect(mode(true, false)).toBe('add');
    expect(mode(false, true)).toBe('remove');
    expect(mode(true, true)).toBe('remove');
    expect(lassoKeys.map(({ keys }) => keys.join())).toEqual(['Alt', 'Shift']);
  });
});
