import type { Position } from '../scene/camera.ts';
import { extendLasso, rectangleBetween, selectionModeOf } from './lasso.ts';
import type { MapTool, SelectionMode } from '../scene/map-props.ts';

const dragThreshold = 4;
/** Natural logarithm of the zoom per wheel pixel; a pinch on a touchpad arrives as Ctrl + wheel. */
const wheelRate = { wheel: 0.0018, pinch: 0.01 };
const pixelsPerLine = 32;

/** What gestures do to the map; positions are CSS pixels from its top left corner. */
export interface GestureActions {
  tool(): MapTool;
  pan(deltaX: number, deltaY: number): void;
  /** `isDirect`: under the fingers, without gliding. */
  zoom(at: Position, factor: number, isDirect: boolean): void;
  hover(at: Position | null): void;
  click(at: Position): void;
  /** The outline being drawn, null once it is over. */
  outline(path: readonly Position[] | null): void;
  select(path: readonly Position[], mode: SelectionMode): void;
}

/** Turns pointer and wheel events of one element into actions on the map. */
export class MapGestures {
  readonly #element: HTMLElement;
  readonly #actions: GestureActions;
  readonly #abort = new AbortController();
  readonly #pointers = new Map<number, Position>();
  #start: Position = { x: 0, y: 0 };
  #drag: MapTool = 'pan';
  #hasMoved = false;
  #path: readonly Position[] = [];

  constructor(element: HTMLElement, actions: GestureActions) {
    this.#element = element;
    this.#actions = actions;
    const { signal } = this.#abort;
    element.addEventListener('pointerdown', this.#press, { signal });
    element.addEventListener('pointermove', this.#move, { signal });
    element.addEventListener('pointerup', this.#release, { signal });
    element.addEventListener('pointercancel', this.#cancel, { signal });
    element.addEventListener('pointerleave', () => this.#actions.hover(null), { signal });
    element.addEventListener('wheel', this.#wheel, { signal, passive: false });
  }

  /** Gives up the outline being drawn; false when there was none. */
  cancelOutline(): boolean {
    if (this.#path.length === 0) return false;
    this.#path = [];
    this.#drag = 'pan';
    this.#actions.outline(null);
    return true;
  }

  destroy(): void {
    this.#abort.abort();
  }

  #positionOf(event: MouseEvent): Position {
    const box = this.#element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  readonly #press = (event: PointerEvent): void => {
    if (event.button > 1) return;
    this.#element.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#positionOf(event));
    if (this.#pointers.size > 1) {
      this.cancelOutline();
      // The finger that stays behind pans: it must not begin an outline.
      this.#drag = 'pan';
      this.#hasMoved = true;
      return;
    }
    this.#start = this.#positionOf(event);
    this.#hasMoved = false;
    this.#drag = event.button === 1 ? 'pan' : this.#actions.tool();
  };

  readonly #move = (event: PointerEvent): void => {
    const at = this.#positionOf(event);
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      this.#actions.hover(at);
      return;
    }
    if (this.#pointers.size === 2) this.#pinch(event.pointerId, before, at);
    else if (this.#pointers.size === 1) this.#dragTo(before, at);
    if (this.#hasMoved) this.#pointers.set(event.pointerId, at);
  };

  #dragTo(before: Position, at: Position): void {
    if (!this.#hasMoved) {
      if (Math.hypot(at.x - this.#start.x, at.y - this.#start.y) < dragThreshold) return;
      this.#hasMoved = true;
      this.#actions.hover(null);
      if (this.#drag !== 'pan') this.#path = [this.#start];
    }
    if (this.#drag === 'pan') {
      this.#actions.pan(at.x - before.x, at.y - before.y);
      return;
    }
    this.#path =
      this.#drag === 'lasso' ? extendLasso(this.#path, at) : rectangleBetween(this.#start, at);
    this.#actions.outline(this.#path);
  }

  #pinch(pointerId: number, before: Position, at: Position): void {
    for (const [id, other] of this.#pointers) {
      if (id === pointerId) continue;
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const is = Math.hypot(at.x - other.x, at.y - other.y);
      const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
      this.#actions.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
      if (was > 0 && is > 0) this.#actions.zoom(middle, is / was, true);
    }
  }

  readonly #release = (event: PointerEvent): void => {
    if (!this.#pointers.delete(event.pointerId) || this.#pointers.size > 0) return;
    const path = this.#path;
    if (path.length > 2) this.#actions.select(path, selectionModeOf(event));
    this.cancelOutline();
    if (!this.#hasMoved && event.button === 0) this.#actions.click(this.#positionOf(event));
  };

  readonly #cancel = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
    this.cancelOutline();
  };

  readonly #wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * pixelsPerLine : event.deltaY;
    const rate = event.ctrlKey ? wheelRate.pinch : wheelRate.wheel;
    const power = Math.min(Math.max(-pixels * rate, -0.7), 0.7);
    this.#actions.zoom(this.#positionOf(event), Math.exp(power), false);
  };
}
