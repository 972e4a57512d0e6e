import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../../src-renderer/map/scene/frame.ts';
import { PointIndex } from '../../../../src-renderer/map/scene/picking.ts';
import type { Scene } from '../../../../src-renderer/map/scene/scene.ts';
import type { ThumbnailAtlas } from '../../../../src-renderer/map/scene/thumbnail-atlas.ts';
import { ThumbnailLayer } from '../../../../src-renderer/map/thumbnails/thumbnail-layer.ts';
import { frameOf, placed, sceneOf } from '../made-up-scene.ts';

const viewport = { width: 600, height: 600 };
const frame = frameOf(viewport);
/** Far enough from each other for a thumbnail each. */
const points = placed(-200, 0, 0, 100, 200, 0);

/** An atlas that has these pictures, by id, since some moment. */
const atlasWith = (slots: ReadonlyMap<number, number>, arrivedAt = -1000): ThumbnailAtlas =>
  ({
    slotOf: (id: number) => slots.get(id) ?? -1,
    arrivedAt: () => arrivedAt,
  }) as unknown as ThumbnailAtlas;

const all = atlasWith(
  new Map([
    [1, 10],
    [2, 20],
    [3, 30],
  ]),
);

function choose(layer: ThumbnailLayer, scene: Scene, now: number, of: Frame = frame) {
  return layer.choose(scene, new PointIndex(scene.points.coordinates), of, [], now);
}

/** The layer after a choice in the plain frame. */
function chosenIn(scene: Scene): ThumbnailLayer {
  const layer = new ThumbnailLayer();
  choose(layer, scene, 0);
  return layer;
}

describe('thumbnails that just arrived', () => {
  const spritesOf = (layer: ThumbnailLayer) => {
    const scene = sceneOf({ points });
    choose(layer, scene, 0);
    const arriving = atlasWith(new Map([[1, 10]]), 1000);
    return layer.sprites(scene, frame, arriving, -1, 1070).map(({ alpha }) => alpha);
  };

  it('fade in, which takes more frames', () => {
    const layer = new ThumbnailLayer();
    expect(spritesOf(layer)[0]).toBeCloseTo(0.5, 10);
    expect(layer.isUnfinished).toBe(true);
  });

  it('are there in one frame where every frame is dear', () => {
    const layer = new ThumbnailLayer();
    layer.isStill = true;
    expect(spritesOf(layer)).toEqual([1]);
    expect(layer.isUnfinished).toBe(false);
  });
});

describe('which pictures are thumbnails', () => {
  it('is asked once for a camera, and anew when points or emphasis change', () => {
    const layer = new ThumbnailLayer();
    const scene = sceneOf({ points });
    const chosen = choose(layer, scene, 0);
    expect([...chosen].sort()).toEqual([0, 1, 2]);
    expect(choose(layer, scene, 5)).toBe(chosen);
    expect(choose(layer, sceneOf({ points, anchor: 2 }), 10)).not.toContain(1);
  });

  it('is not asked in every frame of a moving camera, but once it rests', () => {
    const scene = sceneOf({ points: placed(-200, 0, 900, 0) });
    const layer = chosenIn(scene);
    const moved = frameOf(viewport, { camera: { x: 900 } });
    expect(choose(layer, scene, 60, moved)).toEqual([0]);
    expect(layer.isUnfinished).toBe(true);
    expect(choose(layer, scene, 121, moved)).toEqual([1]);
    expect(layer.isUnfinished).toBe(false);
  });
});

describe('their sprites', () => {
  it('lie where the pictures do, with the picture of each that is loaded', () => {
    const scene = sceneOf({ points });
    const layer = chosenIn(scene);
    const half = atlasWith(new Map([[1, 10]]));
    expect(layer.sprites(scene, frame, half, -1, 0)).toHaveLength(1);
    expect(layer.isShown(1)).toBe(false);
    const sprites = layer.sprites(scene, frame, all, -1, 0);
    const bySlot = new Map(sprites.map((sprite) => [sprite.slot, sprite]));
    expect(bySlot.get(10)).toMatchObject({ x: 100, y: 300, half: 14, alpha: 1 });
    expect(bySlot.get(20)).toMatchObject({ x: 300, y: 200 });
    expect([0, 1, 2].map((point) => layer.isShown(point))).toEqual([true, true, true]);
  });

  it('fade in over 140 ms', () => {
    const scene = sceneOf({ points });
    const layer = chosenIn(scene);
    const fresh = atlasWith(new Map([[1, 10]]), 1000);
    const alphaAt = (now: number): number => layer.sprites(scene, frame, fresh, -1, now)[0]!.alpha;
    expect(alphaAt(1000)).toBe(0);
    expect(alphaAt(1035)).toBeCloseTo(0.25, 9);
    expect(layer.isUnfinished).toBe(true);
    expect(alphaAt(1140)).toBe(1);
    expect(layer.isUnfinished).toBe(false);
  });

  it('of dimmed pictures are seen through, with nothing but the page behind them', () => {
    const scene = sceneOf({ points, emphasis: Uint8Array.of(0, 1, 1) });
    const layer = chosenIn(scene);
    const sprites = layer.sprites(scene, frame, all, -1, 0);
    expect(sprites).toHaveLength(4);
    const position = sprites.findIndex(({ slot }) => slot === 10);
    expect(sprites[position]!.alpha).toBeLessThan(1);
    expect(sprites[position - 1]).toMatchObject({ slot: -1, alpha: 1, fill: scene.page, x: 100 });
  });

  it('end with the one under the pointer', () => {
    const scene = sceneOf({ points });
    const layer = chosenIn(scene);
    const last = layer.sprites(scene, frame, all, 0, 0).at(-1)!;
    expect(last.slot).toBe(10);
    expect(last.half).toBeGreaterThan(14);
  });
});

it('finds the thumbnail under a position, the one drawn last where two overlap', () => {
  const scene = sceneOf({ points });
  const layer = chosenIn(scene);
  layer.sprites(scene, frame, all, -1, 0);
  expect(layer.pointAt({ x: 100 + 14, y: 300 - 14 })).toBe(0);
  expect(layer.pointAt({ x: 100 + 15, y: 300 })).toBe(-1);
  // Zoomed out before the choice is made anew, all three lie over one another.
  const far = frameOf(viewport, { camera: { scale: 0.01 } });
  const sprites = layer.sprites(scene, far, all, -1, 0);
  const topmost = { 10: 0, 20: 1, 30: 2 }[sprites.at(-1)!.slot];
  expect(layer.pointAt({ x: 300, y: 300 })).toBe(topmost);
});
