import {
  approach,
  fitCamera,
  isSameCamera,
  panBy,
  zoomAbout,
  type Bounds,
  type Camera,
  type Position,
  type Viewport,
} from './camera.ts';

/** Milliseconds in which the camera covers 63 % of the way to where it was sent. */
const settlingMs = 45;
const fitPadding = 56;

/** The camera in motion: zooms glide to their target, a drag follows the hand at once. */
export class CameraMotion {
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #target: Camera = this.#camera;
  #fitted: Camera = this.#camera;
  #viewport: Viewport = { width: 1, height: 1 };
  #lastStep = 0;
  isStill = false;

  get camera(): Camera {
    return this.#camera;
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  /** Pixels per unit of data when everything fits. */
  get fitScale(): number {
    return this.#fitted.scale;
  }

  /** Takes a new size or new bounds; a camera that showed everything goes on doing so. */
  frame(viewport: Viewport, bounds: Bounds): void {
    const wasFitted = isSameCamera(this.#target, this.#fitted);
    const before = this.#fitted;
    const camera = this.#target;
    this.#viewport = viewport;
    this.#fitted = fitCamera(bounds, viewport, Math.min(fitPadding, viewport.width / 10));
    if (wasFitted) this.#jump(this.#fitted);
    else {
      const ratio = this.#fitted.scale / before.scale;
      this.#jump({
        x: this.#fitted.x + (camera.x - before.x) / ratio,
        y: this.#fitted.y + (camera.y - before.y) / ratio,
        scale: camera.scale * ratio,
      });
    }
  }

  fit(): void {
    this.#target = this.#fitted;
  }

  /** Shows exactly this, at once. */
  show(camera: Camera): void {
    this.#jump(camera);
  }

  centreOn(point: Position): void {
    const scale = Math.max(this.#target.scale, this.fitScale * 2);
    this.#target = { ...point, scale };
  }

  pan(deltaX: number, deltaY: number): void {
    this.#jump(panBy(this.#camera, deltaX, deltaY));
  }

  /** Pans by keyboard: the camera glides. */
  glide(deltaX: number, deltaY: number): void {
    this.#target = panBy(this.#target, deltaX, deltaY);
  }

  zoom(at: Position, factor: number): void {
    this.#target = zoomAbout(this.#target, this.#viewport, at, factor, this.fitScale);
  }

  /** Zooms at once, as two fingers do. */
  zoomNow(at: Position, factor: number): void {
    this.#jump(zoomAbout(this.#camera, this.#viewport, at, factor, this.fitScale));
  }

  /** Moves the camera on to the time `now` (ms); false once it has arrived. */
  step(now: number): boolean {
    const elapsed = Math.min(Math.max(now - this.#lastStep, 4), 64);
    this.#lastStep = now;
    if (this.#camera === this.#target) return false;
    if (this.isStill || isSameCamera(this.#camera, this.#target)) this.#camera = this.#target;
    else this.#camera = approach(this.#camera, this.#target, 1 - Math.exp(-elapsed / settlingMs));
    return this.#camera !== this.#target;
  }

  #jump(camera: Camera): void {
    this.#camera = camera;
    this.#target = camera;
  }
}
