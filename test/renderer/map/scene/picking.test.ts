import { seedRandom, type Random } from '../../../../src-main/engine/numeric/random.ts';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../src-renderer/map/scene/camera.ts';
import { PointIndex } from '../../../../src-renderer/map/scene/picking.ts';
import { randomPositions } from '../random-positions.ts';

const count = 400;
const coordinates = randomPositions(11, count);
const positions: readonly Position[] = Array.from({ length: count }, (_, index) => ({
  x: coordinates[2 * index]!,
  y: coordinates[2 * index + 1]!,
}));
const index = new PointIndex(coordinates);

function randomAt(random: Random): Position {
  return { x: random.uniform(-5.5, 5.5), y: random.uniform(-5.5, 5.5) };
}

const away = (point: number, at: Position): number =>
  Math.sqrt((positions[point]!.x - at.x) ** 2 + (positions[point]!.y - at.y) ** 2);

describe('finding pictures by position', () => {
  it('finds those in a box, its edge included', () => {
    const random = seedRandom(12);
    for (let turn = 0; turn < 20; turn++) {
      const [one, other] = [randomAt(random), randomAt(random)];
      const box = {
        ...{ minX: Math.min(one.x, other.x), maxX: Math.max(one.x, other.x) },
        ...{ minY: Math.min(one.y, other.y), maxY: Math.max(one.y, other.y) },
      };
      const inside = positions.flatMap(({ x, y }, point) =>
        x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY ? [point] : [],
      );
      expect([...index.inBox(box)]).toEqual(inside);
    }
    const [{ x, y }] = positions as [Position];
    expect([...index.inBox({ minX: x, minY: y, maxX: x, maxY: y })]).toEqual([0]);
  });

  it('finds the nearest that is let through', () => {
    const random = seedRandom(13);
    for (let turn = 0; turn < 20; turn++) {
      const at = randomAt(random);
      const odd = positions.flatMap((_, point) => (point % 2 === 1 ? [point] : []));
      const [nearest] = odd.toSorted((a, b) => away(a, at) - away(b, at));
      const found = index.nearest(at, (point) => point % 2 === 1);
      expect(found).toBe(nearest);
      expect(index.distanceTo(found, at)).toBeCloseTo(away(found, at), 9);
    }
    expect(index.nearest({ x: 0, y: 0 }, () => false)).toBe(-1);
  });

  it('finds nothing where there is nothing', () => {
    const empty = new PointIndex(new Float32Array());
    expect([...empty.inBox({ minX: -9, minY: -9, maxX: 9, maxY: 9 })]).toEqual([]);
    expect(empty.nearest({ x: 0, y: 0 }, () => true)).toBe(-1);
    expect(
      empty.pick(
        { x: 0, y: 0 },
        9,
        () => 9,
        () => 0,
      ),
    ).toBe(-1);
  });
});

describe('the picture that a pointer means', () => {
  const layers = positions.map((_, point) => (point * 7) % 4);
  const layerOf = (point: number): number => layers[point]!;
  const radiusOf = (point: number): number => 0.1 + 0.1 * layerOf(point);

  it('is that on top of the dots under it, else the nearest within reach', () => {
    const random = seedRandom(14);
    let hits = 0;
    let near = 0;
    for (let turn = 0; turn < 200; turn++) {
      const at = randomAt(random);
      const all = positions.map((_, point) => point);
      const under = all
        .filter((point) => away(point, at) <= radiusOf(point))
        .sort((a, b) => layerOf(b) - layerOf(a) || b - a);
      const [closest] = all
        .filter((point) => away(point, at) <= 0.45)
        .sort((a, b) => away(a, at) - away(b, at));
      if (under.length > 0) hits += 1;
      else if (closest !== undefined) near += 1;
      expect(index.pick(at, 0.45, radiusOf, layerOf)).toBe(under[0] ?? closest ?? -1);
    }
    expect(Math.min(hits, near)).toBeGreaterThan(10);
  });

  it('is the last drawn where several lie on one another', () => {
    const stacked = new PointIndex(Float32Array.of(1, 1, 1, 1, 1, 1));
    const topmost = (strong: number): number =>
      stacked.pick(
        { x: 1, y: 1 },
        0.5,
        () => 0.2,
        (point) => (point === strong ? 3 : 1),
      );
    expect(topmost(-1)).toBe(2);
    expect([0, 1, 2].map(topmost)).toEqual([0, 1, 2]);
  });
});
