import { AnchorLayer } from './thumbnails/anchor-layer.ts';
import { CameraMotion } from './scene/camera-motion.ts';
import { toData, toScreen, type Camera, type Position, type Viewport } from './scene/camera.ts';
import { CanvasSurface } from './surfaces/canvas-surface.ts';
import { dotRadius, dotReach } from './scene/dot-size.ts';
import type { Frame } from './scene/frame.ts';
import { hoverSprites } from './thumbnails/hover-sprites.ts';
import { boxAround, insideOf } from './input/lasso.ts';
import type { DotsBy, MapTheme, PointSet } from './scene/map-props.ts';
import { MapScene, type MapContent } from './scene/map-scene.ts';
import { PointIndex } from './scene/picking.ts';
import { positionAt, joinPoints, shownBounds } from './scene/placed-points.ts';
import { layerOf, type Surface } from './scene/scene.ts';
import type { Sprite } from './scene/sprite.ts';
import { ThumbnailAtlas } from './scene/thumbnail-atlas.ts';
import { ThumbnailLayer } from './thumbnails/thumbnail-layer.ts';
import { WebglSurface } from './surfaces/webgl-surface.ts';

const transitionMs = 150;
const pickReach = 12;
/** How long a slow surface waits for more thumbnails before it draws those that came. */
const arrivalsMs = 100;

/** `flat` draws without WebGL2; `lost` waits for the graphics card to come back. */
export type RendererState = 'webgl' | 'flat' | 'lost';

interface RendererOptions {
  readonly canvas: HTMLCanvasElement;
  readonly theme: MapTheme;
  readonly thumbnailUrl: (id: number) => string;
  readonly dotsBy: DotsBy;
  /** Called after each frame, for what lies over the canvas. */
  readonly ondraw: () => void;
  readonly onstate: (state: RendererState) => void;
}

/** The map on one canvas: takes content, a size and gestures; draws only when something changed. */
export class MapRenderer {
  readonly #options: RendererOptions;
  readonly #scene: MapScene;
  readonly #motion = new CameraMotion();
  readonly #thumbnails = new ThumbnailLayer();
  readonly #anchor = new AnchorLayer();
  #atlas: ThumbnailAtlas;
  #surface: Surface | null = null;
  #index = new PointIndex(new Float32Array());
  #hovered: number | null = null;
  #pixelRatio = 1;
  #transitionStart = -Infinity;
  #progress = 1;
  #pendingFrame = 0;
  #pendingArrivals: ReturnType<typeof setTimeout> | undefined;
  #isStill = false;
  #hasDrawn = false;

  constructor(options: RendererOptions) {
    this.#options = options;
    this.#scene = new MapScene(options.theme);
    this.#atlas = new ThumbnailAtlas(options.thumbnailUrl, this.#takeArrival);
    options.canvas.addEventListener('webglcontextlost', this.#loseContext);
    options.canvas.addEventListener('webglcontextrestored', this.#openSurface);
    this.#openSurface();
  }

  /** With reduced motion nothing glides: the camera and points jump to where they belong. */
  set isStill(isStill: boolean) {
    this.#motion.isStill = isStill;
    this.#isStill = isStill;
    this.#thumbnails.isStill = isStill || this.#isSlow;
  }

  /** Where every frame is dear, none is drawn that only leads to another. */
  get #isSlow(): boolean {
    return this.#surface?.isByProcessor === true;
  }

  set thumbnailUrl(urlOf: (id: number) => string) {
    if (this.#atlas.urlOf === urlOf) return;
    this.#atlas.dispose();
    this.#atlas = new ThumbnailAtlas(urlOf, this.#takeArrival);
    this.#requestFrame();
  }

  /** The picture that is lit up; null for none. */
  set hovered(id: number | null) {
    if (this.#hovered === id) return;
    this.#hovered = id;
    this.#requestFrame();
  }

  /** Changes what is drawn, except the points. */
  update(change: Partial<Omit<MapContent, 'points'>>): void {
    this.#scene.update(change);
    this.#requestFrame();
  }

  /** Shows other points; pictures known before glide from where they were on the screen. */
  setPoints(points: PointSet): void {
    const before = this.#scene.content.points;
    if (before.coordinates === points.coordinates && before.ids === points.ids) return;
    const { camera, viewport } = this.#motion;
    const progress = this.#progress;
    this.#motion.frame(viewport, shownBounds(points));
    const isMoving = !this.#motion.isStill && before.ids.length > 0;
    const placed = joinPoints(points, (id) => {
      const index = isMoving ? before.indexById.get(id) : undefined;
      if (index === undefined) return null;
      const screen = toScreen(camera, viewport, positionAt(before, index, progress));
      return toData(this.#motion.camera, viewport, screen);
    });
    this.#scene.update({ points: placed });
    this.#index = new PointIndex(points.coordinates);
    this.#transitionStart = isMoving ? performance.now() : -Infinity;
    this.#progress = isMoving ? 0 : 1;
    this.#requestFrame();
  }

  /** Sizes the canvas in CSS pixels times the device's pixel ratio, and draws at once. */
  resize(viewport: Viewport, pixelRatio: number): void {
    const { canvas } = this.#options;
    canvas.width = Math.max(Math.round(viewport.width * pixelRatio), 1);
    canvas.height = Math.max(Math.round(viewport.height * pixelRatio), 1);
    this.#pixelRatio = pixelRatio;
    this.#motion.frame(viewport, this.#scene.content.points.bounds);
    this.#draw(performance.now());
  }

  /** Moves the camera: `change` gets the camera in motion. */
  move(change: (motion: CameraMotion) => void): void {
    change(this.#motion);
    this.#requestFrame();
  }

  get camera(): Camera {
    return this.#motion.camera;
  }

  /** Whether there are points and a size to show them at. */
  get isFramed(): boolean {
    return this.#motion.viewport.width > 1 && this.#scene.content.points.ids.length > 0;
  }

  get viewport(): Viewport {
    return this.#motion.viewport;
  }

  /** Where a picture is in the viewport (CSS pixels), null when it is not on the map. */
  positionOf(id: number): Position | null {
    const { points } = this.#scene.content;
    const index = points.indexById.get(id);
    if (index === undefined) return null;
    const position = positionAt(points, index, this.#progress);
    return toScreen(this.#motion.camera, this.#motion.viewport, position);
  }

  /** A picture's position in the data, null when it is not on the map. */
  dataPositionOf(id: number): Position | null {
    const { points } = this.#scene.content;
    const index = points.indexById.get(id);
    return index === undefined ? null : positionAt(points, index, 1);
  }

  /**
   * The picture shown at a position of the viewport, or the nearest within 12 pixels; null for
   * none.
   */
  pick(at: Position): number | null {
    const { scene } = this.#scene;
    const index = this.#anchor.isAt(at) ? scene.anchorIndex : this.#pickIndex(at);
    return index < 0 ? null : (scene.points.ids[index] ?? null);
  }

  /**
   * The picture nearest to a position of the viewport among those that `isCandidate` lets through.
   */
  nearest(at: Position, isCandidate: (id: number) => boolean): number | null {
    const { ids } = this.#scene.content.points;
    const position = toData(this.#motion.camera, this.#motion.viewport, at);
    const index = this.#index.nearest(position, (point) => isCandidate(ids[point] ?? -1));
    return ids[index] ?? null;
  }

  /** Ids of the pictures inside an outline of the viewport. */
  idsInside(outline: readonly Position[]): Uint32Array {
    const { points } = this.#scene.content;
    const { camera, viewport } = this.#motion;
    const path = outline.map((corner) => toData(camera, viewport, corner));
    const isInside = insideOf(path);
    const { ids, coordinates } = points;
    const inside = this.#index
      .inBox(boxAround(path))
      .filter((index) => isInside(coordinates[index * 2] ?? 0, coordinates[index * 2 + 1] ?? 0));
    return inside.map((index) => ids[index] ?? 0);
  }

  destroy(): void {
    cancelAnimationFrame(this.#pendingFrame);
    clearTimeout(this.#pendingArrivals);
    const { canvas } = this.#options;
    canvas.removeEventListener('webglcontextlost', this.#loseContext);
    canvas.removeEventListener('webglcontextrestored', this.#openSurface);
    this.#atlas.dispose();
    this.#surface?.dispose();
  }

  readonly #openSurface = (): void => {
    const { canvas } = this.#options;
    const gl = canvas.getContext('webgl2', { antialias: false });
    const context = gl ? null : canvas.getContext('2d');
    if (gl) this.#surface = new WebglSurface(gl, this.#options.dotsBy);
    else if (context) this.#surface = new CanvasSurface(context);
    this.#thumbnails.isStill = this.#isStill || this.#isSlow;
    this.#options.onstate(gl ? 'webgl' : 'flat');
    this.#requestFrame();
  };

  readonly #loseContext = (event: Event): void => {
    event.preventDefault();
    this.#surface = null;
    this.#options.onstate('lost');
  };

  readonly #requestFrame = (): void => {
    if (this.#pendingFrame !== 0) return;
    this.#pendingFrame = requestAnimationFrame((now) => {
      this.#pendingFrame = 0;
      this.#draw(now);
    });
  };

  readonly #takeArrival = (): void => {
    if (!this.#isSlow) {
      this.#requestFrame();
      return;
    }
    this.#pendingArrivals ??= setTimeout(() => {
      this.#pendingArrivals = undefined;
      this.#requestFrame();
    }, arrivalsMs);
  };

  #draw(now: number): void {
    // It shows all that a frame that was asked for would.
    cancelAnimationFrame(this.#pendingFrame);
    this.#pendingFrame = 0;
    // Before the canvas is laid out, or where it is hidden, nobody sees it; its size draws it.
    if (this.#motion.viewport.width <= 1) return;
    const isMoving = this.#motion.step(now);
    const elapsed = Math.min(Math.max((now - this.#transitionStart) / transitionMs, 0), 1);
    this.#progress = 1 - (1 - elapsed) ** 3;
    const { camera, viewport, fitScale } = this.#motion;
    const zoom = camera.scale / fitScale;
    const frame = {
      camera,
      viewport,
      zoom,
      pixelRatio: this.#pixelRatio,
      progress: this.#progress,
    };
    const sprites = this.#sprites(frame, now);
    this.#surface?.draw(this.#scene.scene, frame, sprites, this.#atlas);
    this.#options.ondraw();
    this.#markFirstFrame();
    if (isMoving || elapsed < 1 || this.#thumbnails.isUnfinished) this.#requestFrame();
  }

  /** A mark on the browser's timeline, for whoever measures how soon the map is there. */
  #markFirstFrame(): void {
    if (this.#hasDrawn || this.#scene.content.points.ids.length === 0) return;
    this.#hasDrawn = true;
    performance.mark('map drawn');
  }

  #sprites(frame: Frame, now: number): Sprite[] {
    const { scene } = this.#scene;
    const { points, anchorIndex } = scene;
    const { edges, theme, anchor } = this.#scene.content;
    const chosen = this.#thumbnails.choose(scene, this.#index, frame, edges, now);
    const wanted = Array.from(chosen, (index) => points.ids[index] ?? 0);
    this.#atlas.want(anchor === null ? wanted : [anchor, ...wanted]);
    const hovered = this.#hovered === null ? -1 : (points.indexById.get(this.#hovered) ?? -1);
    const sprites = this.#thumbnails.sprites(scene, frame, this.#atlas, hovered, now);
    if (hovered >= 0 && hovered !== anchorIndex && !this.#thumbnails.isShown(hovered)) {
      sprites.push(...hoverSprites(scene, frame, hovered));
    }
    const slot = anchor === null ? -1 : this.#atlas.slotOf(anchor);
    return [...sprites, ...this.#anchor.sprites(scene, frame, this.#index, slot, theme)];
  }

  #pickIndex(at: Position): number {
    const thumbnail = this.#thumbnails.pointAt(at);
    if (thumbnail >= 0) return thumbnail;
    const { camera, viewport, fitScale } = this.#motion;
    const { marks, points } = this.#scene.scene;
    const radius = dotRadius(points.ids.length, camera.scale / fitScale);
    return this.#index.pick(
      toData(camera, viewport, at),
      pickReach / camera.scale,
      (index) => dotReach(radius, layerOf(marks, index)) / camera.scale,
      (index) => layerOf(marks, index),
    );
  }
}
