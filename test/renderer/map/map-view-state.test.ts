import './colour-canvas.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { CameraMotion } from '../../../src-renderer/map/camera-motion.ts';
import { toScreen, type Camera, type Position } from '../../../src-renderer/map/camera.ts';
import type { MapProps } from '../../../src-renderer/map/map-props.ts';
import type { MapRenderer } from '../../../src-renderer/map/map-renderer.ts';
import { MapViewState } from '../../../src-renderer/map/map-view-state.svelte.ts';
import { keyPress } from '../key-press.ts';

/** Pictures on a line; the view shows from -5 to 5. */
const places = new Map([
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

  dataPlaceOf(id: number): Position | null {
    return places.get(id) ?? null;
  }

  placeOf(id: number): Position | null {
    const place = places.get(id);
    return place ? toScreen(this.camera, viewport, place) : null;
  }

  nearest(at: Position, isNew: (id: number) => boolean): number | null {
    const away = (id: number): number => {
      const { x, y } = this.placeOf(id)!;
      return Math.hypot(x - at.x, y - at.y);
    };
    return [...places.keys()].filter(isNew).sort((a, b) => away(a) - away(b))[0] ?? null;
  }
}

let done: unknown[][] = [];
let props: Partial<MapProps> = {};
let map: UndrawnMap;
let view: MapViewState;

beforeEach(() => {
  done = [];
  props = {
    onhover: (id) => done.push(['hover', id]),
    onanchor: (id) => done.push(['anchor', id]),
    onselect: (ids, mode) => done.push(['select', [...ids], mode]),
  };
  map = new UndrawnMap();
  view = new MapViewState(() => props as MapProps);
  view.renderer = map as unknown as MapRenderer;
});

/** Presses a key on the map; true where it was kept from the page. */
function press(key: string, shiftKey = false): boolean {
  const event = Object.assign(keyPress(key, { shiftKey }), { stopPropagation: () => undefined });
  view.pressKey(event);
  return event.defaultPrevented;
}

describe('walking over the map by keyboard', () => {
  it('goes from the middle of the view to the nearest, and lights each up', () => {
    expect([press('Enter'), view.isWalking, view.pointedId]).toEqual([true, true, 1]);
    press('Tab');
    press('Tab', true);
    expect(done).toEqual([
      ['hover', 1],
      ['hover', 2],
      ['hover', 1],
    ]);
    expect(view.pointedPlace).toEqual({ x: 50, y: 50 });
  });

  it('starts at the anchor, and makes the picture it is at the new one', () => {
    props = { ...props, anchor: 3 };
    press('Enter');
    expect(view.pointedId).toBe(3);
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
    expect([press('Escape'), view.isWalking, view.pointedId]).toEqual([true, false, null]);
    expect(done.at(-1)).toEqual(['hover', null]);
    expect([press('Escape'), press('Tab')]).toEqual([false, false]);
  });
});

describe('the view of the map', () => {
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
    view.show(camera);
    expect(map.camera.x).toBe(0);
    map.isFramed = true;
    view.show(camera);
    expect(map.camera).toBe(camera);
    view.show(null);
    expect(map.camera).toBe(camera);
  });

  it('is brought to a picture that is on the map only', () => {
    const before = map.camera;
    view.centreOn(99);
    expect(map.camera).toBe(before);
    view.centreOn(2);
    expect(map.camera).toMatchObject({ x: 1, y: 0 });
  });

  it('does nothing before it is open', () => {
    view.renderer = null;
    expect(press('Enter')).toBe(true);
    view.zoomBy(2);
    view.centreOn(1);
    expect([view.isWalking, done]).toEqual([false, []]);
  });
});
