import { toScreen, type Position } from '../scene/camera.ts';
import { parseColour, type Rgba } from '../scene/colours.ts';
import type { Frame } from '../scene/frame.ts';
import { hoveredThumbnail } from './hover-sprites.ts';
import type { MapEdge } from '../scene/map-props.ts';
import type { PointIndex } from '../scene/picking.ts';
import { positionAt } from '../scene/placed-points.ts';
import { layerOf, markSize, type Scene } from '../scene/scene.ts';
import type { Sprite } from '../scene/sprite.ts';
import type { ThumbnailAtlas } from '../scene/thumbnail-atlas.ts';
import { cellsInViewport, chooseThumbnails, gridFor, thumbnailHalf } from './thumbnail-choice.ts';

const fadeMs = 140;
/** Milliseconds between two choices while the camera moves: one takes some ms at 50,000 points. */
const restMs = 120;
const dimOpacity = 0.62;
const noGlow: Rgba = [0, 0, 0, 0];

interface Shown extends Position {
  readonly point: number;
}

/** Which pictures are thumbnails now, and their sprites; asks anew only when the grid changes. */
export class ThumbnailLayer {
  /** Whether thumbnails are there at once, instead of fading in over several frames. */
  isStill = false;
  #chosen: readonly number[] = [];
  #askedFor = '';
  #askedAt = -Infinity;
  #isBehind = false;
  #askedOf: Partial<Pick<Scene, 'marks' | 'points' | 'edges'>> = {};
  #shown: Shown[] = [];
  #half = 0;
  #isFading = false;

  /** Whether another frame is due: a thumbnail is fading in, or the choice is behind the camera. */
  get isUnfinished(): boolean {
    return this.#isFading || this.#isBehind;
  }

  /**
   * Points that are to be thumbnails under this camera; while it moves, chosen anew every few
   * frames.
   */
  choose(
    scene: Scene,
    index: PointIndex,
    frame: Frame,
    edges: readonly MapEdge[],
    now: number,
  ): readonly number[] {
    const { points, marks, anchorIndex } = scene;
    const grid = gridFor(frame.camera, frame.viewport, frame.camera.scale / frame.zoom);
    const window = cellsInViewport(frame.camera, frame.viewport, grid);
    const { minX, minY, maxX, maxY } = window;
    const question = [grid.scale, grid.cell, anchorIndex, minX, minY, maxX, maxY].join();
    const askedOf = this.#askedOf;
    const isSame =
      askedOf.marks === marks && askedOf.points === points && askedOf.edges === scene.edges;
    this.#isBehind = isSame && question !== this.#askedFor && now - this.#askedAt < restMs;
    if (this.#isBehind || (isSame && question === this.#askedFor)) return this.#chosen;
    this.#askedFor = question;
    this.#askedAt = now;
    this.#askedOf = scene;
    const targets = edges.map((edge) => points.indexById.get(edge.id) ?? -1);
    this.#chosen = chooseThumbnails({
      coordinates: points.coordinates,
      marks,
      index,
      grid,
      window,
      uncovered: [anchorIndex, ...targets].filter((point) => point >= 0),
      except: anchorIndex,
    });
    return this.#chosen;
  }

  /** Sprites of the chosen pictures that are loaded, the hovered one on top; `now` in ms. */
  sprites(
    scene: Scene,
    frame: Frame,
    atlas: ThumbnailAtlas,
    hovered: number,
    now: number,
  ): Sprite[] {
    this.#half = thumbnailHalf(frame.zoom);
    this.#shown = [];
    this.#isFading = false;
    const sprites: Sprite[] = [];
    const risen: Sprite[] = [];
    for (const point of this.#chosen) {
      const id = scene.points.ids[point] ?? -1;
      const slot = atlas.slotOf(id);
      if (slot < 0) continue;
      const position = positionAt(scene.points, point, frame.progress);
      const at = toScreen(frame.camera, frame.viewport, position);
      this.#shown.push({ point, ...at });
      const faded = Math.min(Math.max((now - atlas.arrivedAt(id)) / fadeMs, 0), 1);
      const fade = this.isStill ? 1 : faded;
      if (fade < 1) this.#isFading = true;
      const sprite = this.#spriteAt(scene, point, at, slot, fade);
      if (point === hovered) risen.push(hoveredThumbnail(sprite, scene));
      else sprites.push(...veiled(sprite));
    }
    return [...sprites, ...risen];
  }

  /** Whether the point is drawn as a thumbnail in the last frame. */
  isShown(point: number): boolean {
    return this.#shown.some((shown) => shown.point === point);
  }

  /** The point whose thumbnail covers a position of the viewport, -1 for none. */
  pointAt(at: Position): number {
    const covers = (shown: Shown): boolean =>
      Math.abs(shown.x - at.x) <= this.#half && Math.abs(shown.y - at.y) <= this.#half;
    return this.#shown.findLast(covers)?.point ?? -1;
  }

  #spriteAt(scene: Scene, point: number, at: Position, slot: number, fade: number): Sprite {
    const category = scene.marks[point * markSize] ?? 0;
    const isDim = layerOf(scene.marks, point) === 0;
    const colour = scene.palette[Math.min(category, scene.palette.length - 1)] ?? '#808080';
    return {
      ...at,
      half: this.#half,
      corner: Math.min(this.#half * 0.3, 8),
      border: isDim ? 1 : 1.75,
      mat: 0,
      borderColour: parseColour(colour),
      fill: scene.page,
      glow: noGlow,
      glowSize: 0,
      slot,
      alpha: fade * (isDim ? dimOpacity : 1),
    };
  }
}

/**
 * Draws an opaque sheet in the page's colour below a fading thumbnail, so that no edge shows
 * through.
 */
function veiled(sprite: Sprite): readonly Sprite[] {
  return sprite.alpha === dimOpacity
    ? [{ ...sprite, slot: -1, border: 0, alpha: 1 }, sprite]
    : [sprite];
}
