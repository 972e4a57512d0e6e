import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import { describe, expect, it } from 'vitest';

import {
  approach,
  boundsOf,
  fitCamera,
  isSameCamera,
  panBy,
  toData,
  toScreen,
  visibleBounds,
  zoomAbout,
  type Bounds,
  type Camera,
  type Position,
  type Viewport,
} from '../../../../src-renderer/map/scene/camera.ts';
import { randomPositions } from '../random-positions.ts';

interface View {
  readonly camera: Camera;
  readonly viewport: Viewport;
  readonly at: Position;
}

/** Views of any size, scale and position, each with a position in it in CSS pixels. */
function randomViews(seed: number, count = 50): View[] {
  const random = seedRandom(seed);
  return Array.from({ length: count }, () => {
    const viewport = { width: random.uniform(50, 2050), height: random.uniform(50, 1250) };
    const camera = {
      x: random.uniform(-20, 20),
      y: random.uniform(-20, 20),
      scale: 10 ** random.uniform(-2, 4),
    };
    return {
      camera,
      viewport,
      at: { x: random.uniform(0, viewport.width), y: random.uniform(0, viewport.height) },
    };
  });
}

function expectSamePlace(actual: Position, expected: Position, digits = 6): void {
  expect(actual.x).toBeCloseTo(expected.x, digits);
  expect(actual.y).toBeCloseTo(expected.y, digits);
}

describe('positions of the data on screen', () => {
  const camera = { x: 10, y: 20, scale: 2 };
  const viewport = { width: 200, height: 100 };

  it('are measured from the top left corner, the data upwards', () => {
    expect(toScreen(camera, viewport, { x: 10, y: 20 })).toEqual({ x: 100, y: 50 });
    expect(toScreen(camera, viewport, { x: 15, y: 25 })).toEqual({ x: 110, y: 40 });
    expect(toData(camera, viewport, { x: 0, y: 0 })).toEqual({ x: -40, y: 45 });
  });

  it('are found again from the screen, in any camera', () => {
    for (const { camera: any, viewport: size, at } of randomViews(1)) {
      expectSamePlace(toScreen(any, size, toData(any, size, at)), at);
    }
  });

  it('are in view within a box whose corners are the corners of the screen', () => {
    for (const { camera: any, viewport: size } of randomViews(2)) {
      const box = visibleBounds(any, size, 7);
      const low = toData(any, size, { x: -7, y: size.height + 7 });
      const high = toData(any, size, { x: size.width + 7, y: -7 });
      expectSamePlace({ x: box.minX, y: box.minY }, low);
      expectSamePlace({ x: box.maxX, y: box.maxY }, high);
    }
  });
});

describe('the box around pictures', () => {
  it('is the smallest one', () => {
    const coordinates = randomPositions(3, 500);
    const xs = [...coordinates].filter((_, i) => i % 2 === 0);
    const ys = [...coordinates].filter((_, i) => i % 2 === 1);
    expect(boundsOf(coordinates)).toEqual({
      ...{ minX: Math.min(...xs), maxX: Math.max(...xs) },
      ...{ minY: Math.min(...ys), maxY: Math.max(...ys) },
    });
  });

  it('is a unit box without pictures and a point around one', () => {
    expect(boundsOf(new Float32Array())).toEqual({ minX: -1, minY: -1, maxX: 1, maxY: 1 });
    expect(boundsOf(Float32Array.of(3, 4))).toEqual({ minX: 3, minY: 4, maxX: 3, maxY: 4 });
  });
});

describe('a camera that fits everything', () => {
  it('has the data inside the padding and touches it on one axis', () => {
    const random = seedRandom(4);
    for (const { viewport } of randomViews(4)) {
      const bounds: Bounds = {
        ...{ minX: random.uniform(-9, 0), minY: random.uniform(-9, 0) },
        ...{ maxX: random.uniform(0, 9), maxY: random.uniform(0, 9) },
      };
      const camera = fitCamera(bounds, viewport, 10);
      const topLeft = toScreen(camera, viewport, { x: bounds.minX, y: bounds.maxY });
      const bottomRight = toScreen(camera, viewport, { x: bounds.maxX, y: bounds.minY });
      expect(Math.min(topLeft.x, topLeft.y)).toBeCloseTo(10, 6);
      expect(viewport.width - bottomRight.x).toBeCloseTo(topLeft.x, 6);
      expect(viewport.height - bottomRight.y).toBeCloseTo(topLeft.y, 6);
    }
  });

  it('is a sound one for a single picture, and where the padding leaves no room', () => {
    const point = fitCamera(
      { minX: 2, minY: 3, maxX: 2, maxY: 3 },
      { width: 300, height: 200 },
      20,
    );
    expect(point).toMatchObject({ x: 2, y: 3 });
    expect(point.scale).toBeGreaterThan(0);
    expect(point.scale).toBeLessThan(Infinity);
    const unit = { minX: 0, minY: 0, maxX: 1, maxY: 1 };
    expect(fitCamera(unit, { width: 80, height: 80 }, 60).scale).toBe(20);
    expect(fitCamera(unit, { width: 0, height: 0 }, 60).scale).toBe(1);
  });
});

describe('moving the viewport', () => {
  it('by the hand keeps what is under it there', () => {
    for (const { camera, viewport, at } of randomViews(5)) {
      const held = toData(camera, viewport, at);
      const moved = toScreen(panBy(camera, 30, -12), viewport, held);
      expectSamePlace(moved, { x: at.x + 30, y: at.y - 12 });
    }
  });

  it('by zooming keeps what is under the pointer there', () => {
    for (const { camera, viewport, at } of randomViews(6)) {
      const zoomed = zoomAbout(camera, viewport, at, 1.7, camera.scale);
      expect(zoomed.scale / camera.scale).toBeCloseTo(1.7, 9);
      expectSamePlace(toScreen(zoomed, viewport, toData(camera, viewport, at)), at);
    }
  });

  it('ends at 0.4 and 600 times the scale at which everything fits, without drifting there', () => {
    const viewport = { width: 400, height: 300 };
    const at = { x: 10, y: 290 };
    const far = zoomAbout({ x: 1, y: 2, scale: 100 }, viewport, at, 1e-9, 50);
    expect(far.scale).toBe(20);
    const again = zoomAbout(far, viewport, at, 0.5, 50);
    expectSamePlace(again, far);
    expect(zoomAbout(far, viewport, at, 1e9, 50).scale).toBe(30_000);
  });
});

describe('the way from one camera to another', () => {
  const from = { x: 0, y: 0, scale: 10 };

  it('begins at the one, ends at the other, and is halfway at the geometric mean of their scales', () => {
    const to = { x: 4, y: -2, scale: 1000 };
    expect(approach(from, to, 0)).toEqual(from);
    const end = approach(from, to, 1);
    expectSamePlace(end, to, 9);
    expect(end.scale).toBeCloseTo(1000, 9);
    expect(approach(from, to, 0.5).scale).toBeCloseTo(100, 9);
  });

  it('keeps the position that both show in one spot still all along', () => {
    for (const { camera, viewport, at } of randomViews(7)) {
      const to = zoomAbout(camera, viewport, at, 3, camera.scale);
      const held = toData(camera, viewport, at);
      for (const fraction of [0.1, 0.35, 0.8]) {
        expectSamePlace(toScreen(approach(camera, to, fraction), viewport, held), at, 5);
      }
    }
  });

  it('is a straight one where the scale stays', () => {
    const there = approach(from, { x: 8, y: -4, scale: 10 }, 0.25);
    expect(there).toEqual({ x: 2, y: -1, scale: 10 });
  });
});

it('takes cameras for the same that differ by less than a tenth of a pixel', () => {
  const camera = { x: 1, y: 1, scale: 100 };
  expect(isSameCamera(camera, { ...camera, x: 1.0009 })).toBe(true);
  expect(isSameCamera(camera, { ...camera, x: 1.0011 })).toBe(false);
  expect(isSameCamera(camera, { ...camera, scale: 100.04 })).toBe(true);
  expect(isSameCamera(camera, { ...camera, scale: 100.06 })).toBe(false);
});
