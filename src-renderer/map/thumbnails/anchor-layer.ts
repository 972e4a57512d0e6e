import { anchorSprites, emptiestSide, filmHalf, filmSides, isOnFilm } from './anchor-film.ts';
import { toData, toScreen, type Position } from '../scene/camera.ts';
import { parseColour } from '../scene/colours.ts';
import type { Frame } from '../scene/frame.ts';
import type { MapTheme } from '../scene/map-props.ts';
import type { PointIndex } from '../scene/picking.ts';
import { positionAt } from '../scene/placed-points.ts';
import { layerOf, type Scene } from '../scene/scene.ts';
import type { Sprite } from '../scene/sprite.ts';

/** Dots of this layer (see `layerOf`) and above weigh more: the film should not cover them. */
const strongLayer = 2;
const strongWeight = 8;

/** The anchor's ring and film; the film changes sides only with the anchor, the map or the zoom. */
export class AnchorLayer {
  #side: Position = filmSides[0] ?? { x: 0, y: -1 };
  #at: Position | null = null;
  #half = 0;
  #hasFilm = false;
  #decidedFor = '';
  #points: Scene['points'] | null = null;

  /** Sprites for the frame, `slot` being the anchor's thumbnail in the atlas or -1. */
  sprites(scene: Scene, frame: Frame, index: PointIndex, slot: number, theme: MapTheme): Sprite[] {
    this.#at = null;
    if (scene.anchorIndex < 0) return [];
    const position = positionAt(scene.points, scene.anchorIndex, frame.progress);
    this.#at = toScreen(frame.camera, frame.viewport, position);
    this.#half = filmHalf(frame.zoom);
    this.#hasFilm = slot >= 0;
    this.#decide(scene, frame, index);
    return anchorSprites(this.#at, this.#side, this.#half, slot, {
      anchor: parseColour(theme.anchor),
      film: parseColour(theme.film),
      glow: parseColour(theme.filmGlow),
    });
  }

  /** Whether a position of the viewport is on the film. */
  isAt(point: Position): boolean {
    return this.#at !== null && this.#hasFilm && isOnFilm(this.#at, this.#side, this.#half, point);
  }

  #decide(scene: Scene, frame: Frame, index: PointIndex): void {
    const step = Math.round(Math.log2(frame.zoom) * 2);
    const question = [scene.anchorIndex, step, frame.viewport.width, frame.viewport.height].join();
    if (this.#decidedFor === question && this.#points === scene.points) return;
    this.#decidedFor = question;
    this.#points = scene.points;
    const weightAt = (centre: Position): number => {
      const half = this.#half;
      const low = { x: centre.x - half, y: centre.y + half };
      const high = { x: centre.x + half, y: centre.y - half };
      const from = toData(frame.camera, frame.viewport, low);
      const to = toData(frame.camera, frame.viewport, high);
      const covered = index.inBox({ minX: from.x, minY: from.y, maxX: to.x, maxY: to.y });
      const isStrong = (point: number): boolean => layerOf(scene.marks, point) >= strongLayer;
      return covered.length + strongWeight * covered.filter(isStrong).length;
    };
    const at = toScreen(
      frame.camera,
      frame.viewport,
      positionAt(scene.points, scene.anchorIndex, 1),
    );
    this.#side = emptiestSide(at, this.#half, frame.viewport, weightAt);
  }
}
