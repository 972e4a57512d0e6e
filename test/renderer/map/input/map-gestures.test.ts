import { beforeEach, describe, expect, it } from 'vitest';
import type { Position } from '../../../../src-renderer/map/scene/camera.ts';
import {
  MapGestures,
  type GestureActions,
} from '../../../../src-renderer/map/input/map-gestures.ts';
import type { MapTool } from '../../../../src-renderer/map/scene/map-props.ts';

/** What gestures need of an element: it lies 10 pixels right of and 20 below the window's corner. */
class Surface extends EventTarget {
  getBoundingClientRect() {
    return { left: 10, top: 20 };
  }
  setPointerCapture(): void {
    // The test sends every event here anyway.
  }
}

let done: unknown[][] = [];
let tool: MapTool = 'pan';
let surface = new Surface();
let gestures: MapGestures;

const actions: GestureActions = {
  tool: () => tool,
  pan: (x, y) => done.push(['pan', x, y]),
  zoom: (at, factor, isDirect) => done.push(['zoom', at, factor, isDirect]),
  hover: (at) => done.push(['hover', at]),
  click: (at) => done.push(['click', at]),
  outline: (path) => done.push(['outline', path?.length ?? null]),
  select: (path, mode) => done.push(['select', path, mode]),
};

beforeEach(() => {
  done = [];
  tool = 'pan';
  surface = new Surface();
  gestures = new MapGestures(surface as unknown as HTMLElement, actions);
});

/** Sends an event at a position of the surface; true where the browser did not get it. */
function send(type: string, at: Position, more: Record<string, unknown> = {}): boolean {
  const event = new Event(type, { cancelable: true });
  const position = { clientX: at.x + 10, clientY: at.y + 20 };
  return !surface.dispatchEvent(
    Object.assign(event, { pointerId: 1, button: 0, ...position, ...more }),
  );
}

const press = (x: number, y: number, more = {}) => send('pointerdown', { x, y }, more);
const move = (x: number, y: number, more = {}) => send('pointermove', { x, y }, more);
const release = (x: number, y: number, more = {}) => send('pointerup', { x, y }, more);
const named = (name: string) => done.filter(([action]) => action === name);

describe('a pointer', () => {
  it('hovers, and leaves', () => {
    move(3, 4);
    send('pointerleave', { x: 0, y: 0 });
    expect(done).toEqual([
      ['hover', { x: 3, y: 4 }],
      ['hover', null],
    ]);
  });

  it('clicks where it is released within 4 pixels', () => {
    press(50, 50);
    move(52, 52);
    release(52, 52);
    expect(named('click')).toEqual([['click', { x: 52, y: 52 }]]);
    expect(named('pan')).toEqual([]);
  });

  it('pans by as much as it moved in all, and does not click then', () => {
    press(50, 50);
    for (const x of [51, 56, 70]) move(x, 50);
    move(70, 40);
    release(70, 40);
    const sum = (axis: 1 | 2): number =>
      named('pan').reduce((all, pan) => all + Number(pan[axis]), 0);
    expect([sum(1), sum(2)]).toEqual([20, -10]);
    expect(named('click')).toEqual([]);
  });

  it('does nothing with its right button', () => {
    press(50, 50, { button: 2 });
    release(50, 50, { button: 2 });
    expect(done).toEqual([]);
  });

  it('pans with its middle button whatever the tool', () => {
    tool = 'lasso';
    press(0, 0, { button: 1 });
    move(30, 0);
    release(30, 0, { button: 1 });
    expect(named('pan')).toEqual([['pan', 30, 0]]);
    expect([...named('select'), ...named('click')]).toEqual([]);
  });
});

describe('an outline', () => {
  it('is drawn with the lasso and selects what is inside, by the keys held at its end', () => {
    tool = 'lasso';
    press(0, 0);
    for (const [x, y] of [
      [10, 0],
      [11, 0],
      [10, 10],
      [0, 10],
    ] as const)
      move(x, y);
    release(0, 10, { shiftKey: true, altKey: false });
    // The second step is too short for a corner of its own.
    const corners = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ].map(([x, y]) => ({ x, y }));
    expect(named('select')).toEqual([['select', corners, 'add']]);
    expect(named('outline').at(-1)).toEqual(['outline', null]);
  });

  it('is a rectangle from where the drag began', () => {
    tool = 'rectangle';
    press(5, 5);
    move(50, 60);
    move(25, 30);
    release(25, 30, { altKey: true, shiftKey: false });
    const corners = [
      [5, 5],
      [25, 5],
      [25, 30],
      [5, 30],
    ].map(([x, y]) => ({ x, y }));
    expect(named('select')).toEqual([['select', corners, 'remove']]);
  });

  it('selects nothing where it is a line, is given up, or is cancelled', () => {
    tool = 'lasso';
    press(0, 0);
    move(10, 0);
    release(10, 0);
    press(0, 0);
    move(10, 0);
    move(10, 10);
    expect(gestures.cancelOutline()).toBe(true);
    expect(gestures.cancelOutline()).toBe(false);
    move(0, 10);
    release(0, 10);
    press(0, 0);
    move(10, 0);
    move(10, 10);
    send('pointercancel', { x: 0, y: 0 });
    expect(named('select')).toEqual([]);
    expect(named('outline').at(-1)).toEqual(['outline', null]);
  });
});

describe('two fingers', () => {
  it('zoom about their middle by how far they part, at once', () => {
    press(100, 100, { pointerId: 1 });
    press(200, 100, { pointerId: 2 });
    move(300, 100, { pointerId: 2 });
    expect(named('zoom')).toEqual([['zoom', { x: 200, y: 100 }, 2, true]]);
    // The middle goes half as far as the finger.
    expect(named('pan')).toEqual([['pan', 50, 0]]);
    release(300, 100, { pointerId: 2 });
    release(100, 100, { pointerId: 1 });
    expect(named('click')).toEqual([]);
  });
});

describe('a finger that stays behind after two zoomed', () => {
  it.each(['lasso', 'rectangle'] as const)(
    'pans and selects nothing, though the tool is the %s',
    (of) => {
      tool = of;
      press(100, 100, { pointerId: 1 });
      press(200, 100, { pointerId: 2 });
      move(300, 100, { pointerId: 2 });
      release(300, 100, { pointerId: 2 });
      done = [];
      for (const [x, y] of [
        [110, 100],
        [110, 130],
        [150, 130],
      ] as const)
        move(x, y, { pointerId: 1 });
      release(150, 130, { pointerId: 1 });
      expect([named('select'), named('outline')]).toEqual([[], []]);
      expect(named('pan')).toEqual([
        ['pan', 10, 0],
        ['pan', 0, 30],
        ['pan', 40, 0],
      ]);
      // The next one draws again.
      press(0, 0);
      move(20, 0);
      move(20, 20);
      move(0, 20);
      release(0, 20);
      expect(named('select')).toHaveLength(1);
    },
  );
});

describe('the wheel', () => {
  const factorOf = (more: Record<string, unknown>): number => {
    done = [];
    expect(send('wheel', { x: 7, y: 8 }, { deltaMode: 0, ctrlKey: false, ...more })).toBe(true);
    expect(done).toEqual([['zoom', { x: 7, y: 8 }, expect.any(Number), false]]);
    return Number(done[0]?.[2]);
  };

  it('zooms in upwards and out downwards by the same, and lines count as 32 pixels', () => {
    expect(factorOf({ deltaY: -100 })).toBeCloseTo(Math.exp(0.18), 9);
    expect(factorOf({ deltaY: -100 }) * factorOf({ deltaY: 100 })).toBeCloseTo(1, 9);
    expect(factorOf({ deltaY: -3, deltaMode: 1 })).toBeCloseTo(factorOf({ deltaY: -96 }), 9);
    expect(factorOf({ deltaY: 0 })).toBe(1);
  });

  it('is quicker for a pinch, and at most doubles the size', () => {
    expect(factorOf({ deltaY: -10, ctrlKey: true })).toBeCloseTo(Math.exp(0.1), 9);
    expect(factorOf({ deltaY: -99_999 })).toBeCloseTo(Math.exp(0.7), 9);
    expect(factorOf({ deltaY: 99_999 })).toBeCloseTo(Math.exp(-0.7), 9);
  });
});

it('no longer listens once it is destroyed', () => {
  gestures.destroy();
  move(1, 1);
  press(1, 1);
  release(1, 1);
  expect(done).toEqual([]);
});
