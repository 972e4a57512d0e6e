import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import { AnchorLayer } from '../../../../src-renderer/map/thumbnails/anchor-layer.ts';
import type { Frame } from '../../../../src-renderer/map/scene/frame.ts';
import { PointIndex } from '../../../../src-renderer/map/scene/picking.ts';
import type { Scene } from '../../../../src-renderer/map/scene/scene.ts';
import { frameOf, mapTheme, placed, sceneOf } from '../made-up-scene.ts';

const viewport = { width: 600, height: 600 };
const frame = frameOf(viewport);
/** From the anchor to the middle of its film at this zoom, in pixels: 9 + 27 + 7. */
const distance = 43;

const draw = (layer: AnchorLayer, scene: Scene, of: Frame = frame, slot = 3) =>
  layer.sprites(scene, of, new PointIndex(scene.points.coordinates), slot, mapTheme);

/** The anchor in the middle with so many pictures above it, right, left and below. */
function surrounded(...counts: readonly number[]): Scene {
  const sides = [
    [0, distance],
    [distance, 0],
    [-distance, 0],
    [0, -distance],
  ];
  const around = sides.flatMap(([x = 0, y = 0], side) =>
    Array.from({ length: counts[side] ?? 0 }, () => [x, y]).flat(),
  );
  return sceneOf({ points: placed(0, 0, ...around), anchor: 1 });
}

describe('the anchor on the map', () => {
  it('has its film where fewest pictures are covered', () => {
    const [film] = draw(new AnchorLayer(), surrounded(3, 2, 1, 2));
    expect(film).toMatchObject({ x: 300 - distance, y: 300, slot: 3 });
    const [below] = draw(new AnchorLayer(), surrounded(3, 2, 1, 0));
    expect(below).toMatchObject({ x: 300, y: 300 + distance });
  });

  it('rather covers eight faint pictures than one that stands out', () => {
    const scene = surrounded(1, 8, 20, 20);
    const emphasis = Uint8Array.from(scene.points.ids, (id) => (id === 2 ? 2 : 1));
    const strong = sceneOf({ points: scene.points, anchor: 1, emphasis });
    expect(draw(new AnchorLayer(), scene)[0]).toMatchObject({ x: 300, y: 300 - distance });
    expect(draw(new AnchorLayer(), strong)[0]).toMatchObject({ x: 300 + distance, y: 300 });
  });

  it('keeps its side while the viewport is moved, and looks again after a zoom', () => {
    const layer = new AnchorLayer();
    const scene = surrounded(0, 2, 2, 2);
    expect(draw(layer, scene)[0]).toMatchObject({ x: 300, y: 300 - distance });
    // The anchor is moved to the upper edge: its film goes out of view, but does not jump.
    const panned = frameOf(viewport, { camera: { y: -290 } });
    expect(draw(layer, scene, panned)[0]).toMatchObject({ y: 10 - distance });
    const zoomed = frameOf(viewport, { camera: { y: -145, scale: 2 }, zoom: 2 });
    expect(draw(layer, scene, zoomed)[0]!.y).toBeGreaterThan(0);
  });

  it('has its film where there is room once it has arrived', () => {
    const scene = surrounded(0, 2, 2, 2);
    // It comes from far below, where nothing else is.
    scene.points.positions.set([0, -250], 2);
    const layer = new AnchorLayer();
    draw(layer, scene, frameOf(viewport, { progress: 0 }));
    expect(draw(layer, scene)[0]).toMatchObject({ x: 300, y: 300 - distance });
    scene.points.positions.set([0, 290], 2);
    const other = new AnchorLayer();
    const [film] = draw(other, scene, frameOf(viewport, { progress: 0 }));
    expect(film).toMatchObject({ x: 300, y: 10 - distance });
  });

  it('can be pointed at where its film is, and only while it has one', () => {
    const layer = new AnchorLayer();
    const film = { x: 300, y: 300 - distance };
    expect(layer.isAt(film)).toBe(false);
    draw(layer, surrounded(0, 1, 1, 1));
    expect([layer.isAt(film), layer.isAt({ x: 300, y: 300 })]).toEqual([true, false]);
    draw(layer, surrounded(0, 1, 1, 1), frame, -1);
    expect(layer.isAt(film)).toBe(false);
    draw(layer, surrounded(0, 1, 1, 1));
    expect(draw(layer, sceneOf({ points: placed(0, 0) }))).toEqual([]);
    expect(layer.isAt(film)).toBe(false);
  });
});
