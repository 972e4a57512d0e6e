import './colour-canvas.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { CameraMotion } from '../../../src-renderer/map/scene/camera-motion.ts';
import { toScreen, type Camera, type Position } from '../../../src-renderer/map/scene/camera.ts';
import type { MapProps } from '../../../src-renderer/map/scene/map-props.ts';
import type { MapRenderer } from '../../../src-renderer/map/map-renderer.ts';
import { MapCanvasState } from '../../../src-renderer/map/map-canvas-state.svelte.ts';
import { keyPress } from '../key-press.ts';

/** Pictures on a line; the viewport shows from -5 to 5. */
const positions = new Map([
  [1, { x: 0, y: 0 }],
  [2, { x: 1, y: 0 }],
  [3, { x: -3, y: 0 }],
  [4, { x: 40, y: 0 }],
]);

const viewport = { width: 100, height: 100 };

/** A renderer without a picture: its camera moves at once. */
class UndrawnMap {
  readonly motion = new CameraMotion();
  readonly viewport = viewport;
  isFramed = true;

  constructor() {
    this.motion.isStill = true;
    this.motion.frame(viewport, { minX: -4, minY: -4, maxX: 4, maxY: 4 });
  }

  get camera(): Camera {
    return this.motion.camera;
  }

  move(change: (motion: CameraMotion) => void): void {
    change(this.motion);
    this.motion.step(0);
  }

  dataPositionOf(id: number): Position | null {
    return positions.get(id) ?? null;
  }

  positionOf(id: number): Position | null {
    const position = positions.get(id);
    return position ? toScreen(this.camera, viewport, position) : null;
  }

  nearest(at: Position, isNew: (id: number) => boolean): number | null {
    const away = (id: number): number => {
      const { x, y } = this.positionOf(id)!;
      return Math.hypot(x - at.x, y - at.y);
    };
    return [...positions.keys()].filter(isNew).sort((a, b) => away(a) - away(b))[0] ?? null;
  }
}

let done: unknown[][] = [];
let props: Partial<MapProps> = {};
let map: UndrawnMap;
let state: MapCanvasState;

beforeEach(() => {
  done = [];
  props = {
    onhover: (id) => done.push(['hover', id]),
    onanchor: (id) => done.push(['anchor', id]),
    onselect: (ids, mode) => done.push(['select', [...ids], mode]),
  };
  map = new UndrawnMap();
  state = new MapCanvasState(() => props as MapProps);
  state.renderer = map as unknown as MapRenderer;
});

/** Presses a key on the map; true where the page did not get it. */
function press(key: string, shiftKey = false): boolean {
  const event = Object.assign(keyPress(key, { shiftKey }), { stopPropagation: () => undefined });
  state.pressKey(event);
  return event.defaultPrevented;
}

describe('walking over the map by keyboard', () => {
  it('goes from the middle of the viewport to the nearest, and lights each up', () => {
    expect([press('Enter'), state.isWalking, state.pointedId]).toEqual([true, true, 1]);
    press('Tab');
    press('Tab', true);
    expect(done).toEqual([
      ['hover', 1],
      ['hover', 2],
      ['hover', 1],
    ]);
    expect(state.pointedPosition).toEqual({ x: 50, y: 50 });
  });

  it('starts at the anchor, and makes the picture it is at the new one', () => {
    props = { ...props, anchor: 3 };
    press('Enter');
    expect(state.pointedId).toBe(3);
    press('Tab');
    press('Enter');
    expect(done.at(-1)).toEqual(['anchor', 1]);
  });

  it('selects the picture it is at, or takes it out', () => {
    press('Enter');
    press(' ');
    expect(done.at(-1)).toEqual(['select', [1], 'add']);
    props = { ...props, selection: new Set([1]) };
    press(' ');
    expect(done.at(-1)).toEqual(['select', [1], 'remove']);
  });

  it('brings a picture into view that is not', () => {
    props = { ...props, anchor: 4 };
    press('Enter');
    expect(map.camera.x).toBe(40);
    expect(map.camera.scale).toBeCloseTo(2 * map.motion.fitScale, 9);
  });

  it('ends by Escape, which means nothing then', () => {
    press('Enter');
    expect([press('Escape'), state.isWalking, state.pointedId]).toEqual([true, false, null]);
    expect(done.at(-1)).toEqual(['hover', null]);
    expect([press('Escape'), press('Tab')]).toEqual([false, false]);
  });
});

describe('the viewport of the map', () => {
  it('pans and zooms by keys, and fits everything again', () => {
    const { fitScale } = map.motion;
    press('ArrowLeft');
    expect(map.camera.x).toBeCloseTo(-60 / fitScale, 9);
    press('+');
    expect(map.camera.scale).toBeCloseTo(1.4 * fitScale, 9);
    press('0');
    expect(map.camera).toEqual({ x: 0, y: 0, scale: fitScale });
  });

  it('shows what another shows, once it has a size', () => {
    const camera = { x: 1, y: 2, scale: 30 };
    map.isFramed = false;
    state.show(camera);
    expect(map.camera.x).toBe(0);
    map.isFramed = true;
    state.show(camera);
    expect(map.camera).toBe(camera);
    state.show(null);
    expect(map.camera).toBe(camera);
  });

  it('is brought to a picture that is on the map only', () => {
    const before = map.camera;
    state.centreOn(99);
    expect(map.camera).toBe(before);
    state.centreOn(2);
    expect(map.camera).toMatchObject({ x: 1, y: 0 });
  });

  it('does nothing before it is open', () => {
    state.renderer = null;
    expect(press('Enter')).toBe(true);
    state.zoomBy(2);
    state.centreOn(1);
    expect([state.isWalking, done]).toEqual([false, []]);
  });
});
