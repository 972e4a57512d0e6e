import type { CameraMotion } from './scene/camera-motion.ts';
import type { Camera, Position } from './scene/camera.ts';
import { KeyboardWalk } from './input/keyboard-walk.ts';
import { MapGestures } from './input/map-gestures.ts';
import { pressMapKey } from './input/map-keys.ts';
import type { MapProps } from './scene/map-props.ts';
import { MapRenderer, type RendererState } from './map-renderer.ts';

/** What one map is doing: its renderer, the picture pointed at, the outline, the walk. */
export class MapCanvasState {
  renderer = $state.raw<MapRenderer | null>(null);
  rendererState = $state<RendererState>('webgl');
  /** The picture under this map's own pointer or walk, which gets the card. */
  pointedId = $state<number | null>(null);
  pointedPosition = $state.raw<Position | null>(null);
  outline = $state.raw<readonly Position[] | null>(null);
  isWalking = $state(false);
  readonly #props: () => MapProps;
  readonly #walk: KeyboardWalk;
  #gestures: MapGestures | null = null;

  constructor(props: () => MapProps) {
    this.#props = props;
    this.#walk = new KeyboardWalk((from, isNew) => this.#nearestTo(from, isNew));
  }

  /** Opens the renderer on a canvas and listens to gestures on `root`; returns what undoes it. */
  open(root: HTMLElement, canvas: HTMLCanvasElement): () => void {
    const { theme, thumbnailUrl, dotsBy = 'any' } = this.#props();
    const renderer = new MapRenderer({
      canvas,
      theme,
      thumbnailUrl,
      dotsBy,
      ondraw: () => this.#drawn(),
      onstate: (state) => (this.rendererState = state),
    });
    const resized = new ResizeObserver(() => {
      renderer.resize({ width: root.clientWidth, height: root.clientHeight }, devicePixelRatio);
      this.show(this.#props().camera ?? null);
    });
    resized.observe(canvas, { box: 'device-pixel-content-box' });
    const gestures = this.#listen(root, renderer);
    this.#gestures = gestures;
    this.renderer = renderer;
    return () => {
      resized.disconnect();
      gestures.destroy();
      renderer.destroy();
    };
  }

  move(change: (motion: CameraMotion) => void): void {
    this.renderer?.move(change);
  }

  /** Shows what another map shows. */
  show(camera: Camera | null): void {
    // A map without a size or points fits itself once it has them.
    if (camera && this.renderer?.isFramed && camera !== this.renderer.camera) {
      this.move((motion) => motion.show(camera));
    }
  }

  fit(): void {
    this.move((motion) => motion.fit());
  }

  zoomBy(factor: number): void {
    this.move((motion) => {
      motion.zoom({ x: motion.viewport.width / 2, y: motion.viewport.height / 2 }, factor);
    });
  }

  centreOn(id: number): void {
    const position = this.renderer?.dataPositionOf(id);
    if (position) this.move((motion) => motion.centreOn(position));
  }

  pressKey(event: KeyboardEvent): void {
    const isMeant = pressMapKey(event, {
      pan: (x, y) => this.move((motion) => motion.glide(x, y)),
      zoomBy: (factor) => this.zoomBy(factor),
      fit: () => this.fit(),
      isWalking: () => this.isWalking,
      walk: (direction) => this.#step(direction),
      choose: () => {
        if (this.#walk.current !== null) this.#props().onanchor?.(this.#walk.current);
      },
      toggle: () => this.#toggleSelected(),
      escape: () => this.#gestures?.cancelOutline() === true || this.endWalk(),
    });
    if (!isMeant) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Ends the walk; false when nobody walked. */
  endWalk(): boolean {
    if (!this.#walk.stop()) return false;
    this.isWalking = false;
    this.#point(null);
    return true;
  }

  #drawn(): void {
    this.#followPointed();
    if (this.renderer?.isFramed) this.#props().oncamera?.(this.renderer.camera);
  }

  #followPointed(): void {
    const id = this.pointedId;
    if (id !== null) this.pointedPosition = this.renderer?.positionOf(id) ?? null;
  }

  #point(id: number | null): void {
    if (id === this.pointedId) return;
    this.pointedId = id;
    this.#followPointed();
    this.#props().onhover?.(id);
  }

  #nearestTo(from: number | null, isNew: (id: number) => boolean): number | null {
    if (!this.renderer) return null;
    const { width, height } = this.renderer.viewport;
    const position = from === null ? null : this.renderer.positionOf(from);
    return this.renderer.nearest(position ?? { x: width / 2, y: height / 2 }, isNew);
  }

  #step(direction: 1 | -1): void {
    if (!this.renderer) return;
    const id = direction === 1 ? this.#walk.next(this.#props().anchor) : this.#walk.back();
    this.isWalking = id !== null;
    this.#point(id);
    const position = id === null ? null : this.renderer.positionOf(id);
    if (id === null || !position) return;
    const { width, height } = this.renderer.viewport;
    const isVisible = position.x > 0 && position.y > 0 && position.x < width && position.y < height;
    if (!isVisible) this.centreOn(id);
  }

  #toggleSelected(): void {
    const id = this.#walk.current;
    const { selection, onselect } = this.#props();
    if (id !== null) onselect?.(Uint32Array.of(id), selection?.has(id) ? 'remove' : 'add');
  }

  #listen(root: HTMLElement, renderer: MapRenderer): MapGestures {
    return new MapGestures(root, {
      tool: () => this.#props().tool ?? 'pan',
      pan: (x, y) => this.move((motion) => motion.pan(x, y)),
      zoom: (at, factor, isDirect) =>
        this.move((motion) => {
          if (isDirect) motion.zoomNow(at, factor);
          else motion.zoom(at, factor);
        }),
      hover: (at) => {
        if (at) this.endWalk();
        if (!this.isWalking) this.#point(at ? renderer.pick(at) : null);
      },
      click: (at) => {
        const id = renderer.pick(at);
        if (id !== null) this.#props().onanchor?.(id);
      },
      outline: (path) => (this.outline = path),
      select: (path, mode) => this.#props().onselect?.(renderer.idsInside(path), mode),
    });
  }
}
