import { describe, expect, it } from 'vitest';
import {
  noPoints,
  positionAt,
  joinPoints,
} from '../../../../src-renderer/map/scene/placed-points.ts';

const points = { ids: Uint32Array.of(5, 9), coordinates: Float32Array.of(1, 2, 3, -4) };

describe('pictures on their way to new positions', () => {
  it('come from where they lay before', () => {
    const placed = joinPoints(points, (id) => (id === 9 ? { x: -1, y: 4 } : null));
    expect(positionAt(placed, 1, 0)).toEqual({ x: -1, y: 4 });
    expect(positionAt(placed, 1, 0.25)).toEqual({ x: 0, y: 2 });
    expect(positionAt(placed, 1, 1)).toEqual({ x: 3, y: -4 });
  });

  it('stay where they are when they lay nowhere before', () => {
    const placed = joinPoints(points);
    for (const progress of [0, 0.5, 1])
      expect(positionAt(placed, 0, progress)).toEqual({ x: 1, y: 2 });
  });
});

it('finds each picture by its id, within a box around all', () => {
  const placed = joinPoints(points);
  expect([...placed.indexById]).toEqual([
    [5, 0],
    [9, 1],
  ]);
  expect(placed.bounds).toEqual({ minX: 1, minY: -4, maxX: 3, maxY: 2 });
  expect(noPoints.indexById.size).toBe(0);
});

it('keeps the box that another map shares with it', () => {
  const bounds = { minX: -9, minY: -9, maxX: 9, maxY: 9 };
  expect(joinPoints({ ...points, bounds }).bounds).toEqual(bounds);
});

it('refuses ids and coordinates that do not match', () => {
  const short = { ids: Uint32Array.of(1, 2, 3), coordinates: Float32Array.of(0, 0) };
  expect(() => joinPoints(short)).toThrow('3 pictures but 2 coordinates');
});
