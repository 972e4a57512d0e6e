import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import { DotRaster } from '../../../../src-renderer/map/surfaces/dot-raster.ts';
import type { Frame } from '../../../../src-renderer/map/scene/frame.ts';
import type { Scene } from '../../../../src-renderer/map/scene/scene.ts';
import { frameOf, placed, sceneOf } from '../made-up-scene.ts';

const viewport = { width: 60, height: 40 };
const frame = frameOf(viewport);

/** The picture of a whole scene. */
class Picture {
  readonly width: number;
  readonly height: number;
  readonly #bytes: Uint8Array;

  constructor(scene: Scene, of: Frame = frame, raster = new DotRaster()) {
    this.#bytes = raster.draw(scene, of, 0, scene.order.length).slice();
    this.width = raster.width;
    this.height = raster.height;
  }

  at(x: number, y: number): number[] {
    const start = (y * this.width + x) * 4;
    return [...this.#bytes.subarray(start, start + 4)];
  }

  /** How much is covered, in pixels. */
  get covered(): number {
    return this.#bytes.reduce((sum, byte, at) => sum + (at % 4 === 3 ? byte / 255 : 0), 0);
  }
}

const gold = [192, 128, 64].map((channel) => Math.round(channel * 0.86));
const green = [64, 192, 128].map((channel) => Math.round(channel * 0.86));
const opacity = Math.round(255 * 0.86);

describe('dots drawn by the processor', () => {
  it('lie where the camera shows them, the data upwards', () => {
    const picture = new Picture(sceneOf({ points: placed(-15, 10) }));
    expect([picture.width, picture.height]).toEqual([60, 40]);
    expect(picture.at(15, 10)).toEqual([...gold, opacity]);
    expect(picture.at(30, 20)).toEqual([0, 0, 0, 0]);
    expect(picture.at(15, 30)).toEqual([0, 0, 0, 0]);
    const closer = frameOf(viewport, { camera: { x: -20, y: 8, scale: 4 } });
    expect(new Picture(sceneOf({ points: placed(-15, 10) }), closer).at(50, 12)).toEqual([
      ...[...gold, opacity],
    ]);
  });

  it('are as large on screen with more pixels per CSS pixel', () => {
    const scene = sceneOf({ points: placed(5, -5) });
    const plain = new Picture(scene);
    const fine = new Picture(scene, frameOf(viewport, { pixelRatio: 2 }));
    expect([fine.width, fine.height]).toEqual([120, 80]);
    expect(fine.at(70, 50)).toEqual(plain.at(35, 25));
    expect(fine.covered / plain.covered / 4).toBeCloseTo(1, 1);
  });

  it('are drawn between their old and new positions', () => {
    const points = placed(20, 0);
    points.positions.set([-20, 0], 2);
    const scene = sceneOf({ points });
    const alpha = (progress: number, x: number): number =>
      new Picture(scene, frameOf(viewport, { progress })).at(x, 20)[3]!;
    expect([alpha(0, 10), alpha(0.5, 30), alpha(1, 50)]).toEqual([opacity, opacity, opacity]);
    expect([alpha(0, 50), alpha(0.5, 10), alpha(1, 30)]).toEqual([0, 0, 0]);
  });

  it('cover one another as a sheet over a sheet, the later on top', () => {
    const colours = { categories: Uint8Array.of(0, 1), palette: ['#c08040', '#40c080'] };
    const [red = 0, , , alpha = 0] = new Picture(
      sceneOf({ points: placed(0, 0, 0, 0), colours }),
    ).at(30, 20);
    const rest = 1 - opacity / 255;
    expect(Math.abs(red - (green[0]! + gold[0]! * rest))).toBeLessThanOrEqual(1);
    expect(Math.abs(alpha - (opacity + opacity * rest))).toBeLessThanOrEqual(1);
    // The selected one is drawn over the other, though it comes first.
    const [top = 0] = new Picture(
      sceneOf({ points: placed(0, 0, 0, 0), colours, selection: new Set([1]) }),
    ).at(30, 20);
    expect(Math.abs(top - (gold[0]! + green[0]! * rest))).toBeLessThanOrEqual(1);
  });

  it('are cut off at the edges, and none comes in again on the other side', () => {
    const whole = new Picture(sceneOf({ points: placed(0, 0) })).covered;
    const half = new Picture(sceneOf({ points: placed(-30, 0) }));
    expect(half.covered / whole).toBeCloseTo(0.5, 1);
    for (let y = 0; y < 40; y++) expect(half.at(59, y)[3]).toBe(0);
    const corner = new Picture(sceneOf({ points: placed(30, 20) }));
    expect(corner.covered / whole).toBeCloseTo(0.25, 1);
    expect(new Picture(sceneOf({ points: placed(-500, 0, 0, 900, 1e9, 1e9) })).covered).toBe(0);
  });

  it('are drawn on a clean sheet each time, in the size and colours of the moment', () => {
    const raster = new DotRaster();
    const scene = sceneOf({ points: placed(0, 0) });
    const first = new Picture(scene, frame, raster);
    expect(new Picture(scene, frame, raster).covered).toBe(first.covered);
    const moved = new Picture(scene, frameOf(viewport, { camera: { x: 20 } }), raster);
    expect(moved.at(30, 20)).toEqual([0, 0, 0, 0]);
    expect(moved.at(10, 20)).toEqual([...gold, opacity]);
    const other = sceneOf({
      points: scene.points,
      colours: { categories: new Uint8Array(1), palette: ['#40c080'] },
    });
    expect(new Picture(other, frame, raster).at(30, 20)).toEqual([...green, opacity]);
    const small = new Picture(scene, frameOf({ width: 10, height: 10 }), raster);
    expect([small.width, small.height, small.at(5, 5)[3]]).toEqual([10, 10, opacity]);
    const uneven = new Picture(scene, frameOf({ width: 33.4, height: 0 }, { pixelRatio: 1.25 }));
    expect([uneven.width, uneven.height]).toEqual([42, 1]);
  });

  it('all lie within its box, which is empty without any', () => {
    const raster = new DotRaster();
    const scene = sceneOf({ points: placed(-15, 10, 15, -19, 0, 500) });
    const picture = new Picture(scene, frame, raster);
    const { left, top, right, bottom } = raster.box;
    const covered = (x: number, y: number): boolean => (picture.at(x, y)[3] ?? 0) > 0;
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 60; x++) {
        const isInside = x >= left && x < right && y >= top && y < bottom;
        expect(covered(x, y) && !isInside).toBe(false);
      }
    }
    // One dot is at (15, 10), the other at (45, 39), and the box ends with their squares.
    const reach = right - 46;
    expect([left, top, bottom]).toEqual([15 - reach, 10 - reach, 40]);
    expect(covered(15 - reach, 10) || covered(15 - reach + 1, 10)).toBe(true);
    raster.draw(scene, frame, 1, 1);
    expect(raster.box.right <= raster.box.left).toBe(true);
  });

  it('are those of a part of the order only', () => {
    const scene = sceneOf({ points: placed(-15, 0, 15, 0) });
    const raster = new DotRaster();
    const bytes = raster.draw(scene, frame, 1, 2);
    expect(bytes[(20 * 60 + 15) * 4 + 3]).toBe(0);
    expect(bytes[(20 * 60 + 45) * 4 + 3]).toBe(opacity);
    expect(raster.draw(scene, frame, 1, 1).every((byte) => byte === 0)).toBe(true);
  });
});
