import { beforeEach, describe, expect, it, vi } from 'vitest';
import { boundsOf } from '../../../../../src-renderer/map/scene/camera.ts';
import {
  drawSmallAnchor,
  drawSmallMap,
} from '../../../../../src-renderer/pages/compare/maps/draw-small-map.ts';

interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly colour: string;
  readonly alpha: number;
}

/** A canvas that writes down the squares that are filled on it. */
class NotedCanvas {
  width = 0;
  height = 0;
  readonly squares: Square[] = [];
  readonly rings: { x: number; y: number; colour: string; width: number }[] = [];
  scale = 1;

  getContext() {
    const { squares, rings } = this;
    return {
      ...{ fillStyle: '', strokeStyle: '', lineWidth: 1, globalAlpha: 1 },
      scale: (by: number) => (this.scale = by),
      beginPath: () => undefined,
      stroke: () => undefined,
      arc(x: number, y: number) {
        rings.push({ x, y, colour: this.strokeStyle, width: this.lineWidth });
      },
      fillRect(x: number, y: number, width: number, height: number) {
        const side = Math.max(width, height);
        const middle = { x: x + width / 2, y: y + height / 2 };
        squares.push({ ...middle, side, colour: this.fillStyle, alpha: this.globalAlpha });
      },
    };
  }
}

beforeEach(() => {
  vi.stubGlobal('devicePixelRatio', 2);
});

/** Draws pictures at these positions (x and y in turn) on 100 × 60 pixels. */
function drawn(
  positions: readonly number[],
  isStrong: readonly number[],
  framed = positions,
): NotedCanvas {
  const canvas = new NotedCanvas();
  const colours = { categories: Uint8Array.from(isStrong), palette: ['#111111', '#eeeeee'] };
  drawSmallMap(
    canvas as unknown as HTMLCanvasElement,
    { width: 100, height: 60 },
    {
      coordinates: Float32Array.from(positions),
      bounds: boundsOf(Float32Array.from(framed)),
      ...{ colours, isStrong: Uint8Array.from(isStrong) },
    },
  );
  return canvas;
}

describe('a small map', () => {
  it('shows every picture within its margin, the data upwards, those that stand out above', () => {
    const { squares } = drawn([0, 0, 1, 1, 0.5, 0.5], [1, 0, 0]);
    // 44 free pixels down for one unit, about the middle at 50, 30.
    expect(squares.map(({ x, y }) => [x, y])).toEqual([
      [72, 8],
      [50, 30],
      [28, 52],
    ]);
    expect(squares.map(({ colour }) => colour)).toEqual(['#111111', '#111111', '#eeeeee']);
    expect(squares[2]?.alpha).toBe(1);
    expect(squares[0]!.alpha).toBeLessThan(0.5);
  });

  it('has what lies at one place in two maps at one place in their frame', () => {
    const two = [0, 0, 1, 1, 0.5, 0.5];
    const frame = [...two, -1, -1];
    const first = drawn(two, [1, 1, 1], frame).squares.at(-1)!;
    const second = drawn([0.25, 0, 0.5, 0.5], [1, 1], frame).squares.at(-1)!;
    expect([second.x, second.y]).toEqual([first.x, first.y]);
  });

  it('rings the anchor in the theme’s colour, at its place in the frame', () => {
    const bounds = boundsOf(Float32Array.of(0, 0, 1, 1));
    const canvas = new NotedCanvas();
    drawSmallAnchor(
      canvas as unknown as HTMLCanvasElement,
      { width: 100, height: 60 },
      { x: 1, y: 1 },
      bounds,
      { anchor: '#ffaa00', page: '#000000' },
    );
    expect(canvas.rings.at(-1)).toMatchObject({ x: 72, y: 8, colour: '#ffaa00' });
    expect(canvas.rings[0]).toMatchObject({ x: 72, y: 8, colour: '#000000' });
    expect(canvas.rings[0]!.width).toBeGreaterThan(canvas.rings[1]!.width);
  });

  it('is as sharp as the screen', () => {
    const canvas = drawn([0, 0], [1]);
    expect([canvas.width, canvas.height, canvas.scale]).toEqual([200, 120, 2]);
  });

  it('has smaller dots for many pictures', () => {
    const many = 5001;
    const few = drawn([0, 0], [1]).squares[0]!.side;
    const crowd = drawn(new Array<number>(2 * many).fill(0), new Array<number>(many).fill(1));
    expect(crowd.squares).toHaveLength(many);
    expect(crowd.squares[0]!.side).toBeLessThan(few);
  });

  it('is nothing without pictures or without room', () => {
    expect(drawn([], []).squares).toEqual([]);
    const canvas = new NotedCanvas();
    const colours = { categories: Uint8Array.of(0), palette: ['#111111'] };
    drawSmallMap(
      canvas as unknown as HTMLCanvasElement,
      { width: 0, height: 60 },
      {
        coordinates: Float32Array.of(0, 0),
        bounds: boundsOf(Float32Array.of(0, 0)),
        ...{ colours, isStrong: Uint8Array.of(1) },
      },
    );
    expect(canvas.squares).toEqual([]);
  });
});
