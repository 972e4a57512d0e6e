import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import {
  fitCamera,
  visibleBounds,
  type Camera,
} from '../../../../src-renderer/map/scene/camera.ts';
import { PointIndex } from '../../../../src-renderer/map/scene/picking.ts';
import { marksOf } from '../../../../src-renderer/map/scene/scene.ts';
import {
  cellsInViewport,
  chooseThumbnails,
  gridFor,
  thumbnailHalf,
  type ThumbnailQuestion,
} from '../../../../src-renderer/map/thumbnails/thumbnail-choice.ts';
import { randomPositions } from '../random-positions.ts';

const viewport = { width: 900, height: 600 };
const bounds = { minX: -5, minY: -5, maxX: 5, maxY: 5 };
const fitted = fitCamera(bounds, viewport, 50);

/** What is asked about pictures at these positions under a camera; some may be dimmed. */
function questionAbout(
  coordinates: Float32Array,
  camera: Camera,
  change: Partial<ThumbnailQuestion> & { readonly dimmed?: (point: number) => boolean } = {},
): ThumbnailQuestion {
  const ids = Uint32Array.from({ length: coordinates.length / 2 }, (_, point) => point);
  const { dimmed = () => false } = change;
  const emphasis = Uint8Array.from(ids, (point) => (dimmed(point) ? 0 : 1));
  const grid = gridFor(camera, viewport, fitted.scale);
  return {
    ...{ coordinates, marks: marksOf(ids, null, emphasis, new Set()), grid },
    ...{ index: new PointIndex(coordinates), window: cellsInViewport(camera, viewport, grid) },
    ...{ uncovered: [], except: -1 },
    ...change,
  };
}

/** How far apart two pictures are on the axis on which they are farther. */
function apart(coordinates: Float32Array, one: number, other: number): number {
  const across = Math.abs(coordinates[2 * one]! - coordinates[2 * other]!);
  return Math.max(across, Math.abs(coordinates[2 * one + 1]! - coordinates[2 * other + 1]!));
}

describe('the size of thumbnails', () => {
  it('is 28 pixels where everything fits, 8 more at each doubling, up to 64', () => {
    expect([1, 2, 4, 8].map((zoom) => 2 * thumbnailHalf(zoom))).toEqual([28, 36, 44, 52]);
    expect(2 * thumbnailHalf(600)).toBe(64);
    expect(2 * thumbnailHalf(0.4)).toBe(26);
  });

  it('always leaves room between two that are chosen, at any scale', () => {
    for (let zoom = 0.4; zoom < 600; zoom *= 1.3) {
      const camera = { ...fitted, scale: fitted.scale * zoom };
      const grid = gridFor(camera, viewport, fitted.scale);
      expect(grid.spacing * camera.scale).toBeGreaterThan(2 * thumbnailHalf(zoom));
      expect(grid.cell).toBeGreaterThanOrEqual(grid.spacing);
    }
  });
});

describe('the grid', () => {
  it('stays the same within half a doubling of the scale', () => {
    const at = (zoom: number) =>
      gridFor({ ...fitted, scale: fitted.scale * zoom }, viewport, fitted.scale);
    expect(at(1.05)).toEqual(at(1.4));
    expect(at(1.05)).not.toEqual(at(1.45));
  });

  it('has one thumbnail for about every 9,000 square pixels, from 24 to 96', () => {
    const budget = (width: number, height: number): number =>
      gridFor(fitted, { width, height }, fitted.scale).budget;
    expect(budget(900, 600)).toBe(60);
    expect(budget(100, 100)).toBe(24);
    expect(budget(4000, 3000)).toBe(96);
  });

  it('is looked at in whole cells that cover the viewport', () => {
    const grid = gridFor(fitted, viewport, fitted.scale);
    for (const x of [0, 0.3, 7.77, -123.4]) {
      const camera = { ...fitted, x };
      const window = cellsInViewport(camera, viewport, grid);
      const visible = visibleBounds(camera, viewport, 0);
      for (const edge of [window.minX, window.maxX, window.minY, window.maxY]) {
        expect(edge / grid.cell).toBeCloseTo(Math.round(edge / grid.cell), 6);
      }
      expect(window.minX).toBeLessThanOrEqual(visible.minX);
      expect(window.maxY).toBeGreaterThanOrEqual(visible.maxY);
      expect(window.maxX - visible.maxX).toBeLessThan(grid.cell);
      expect(visible.minY - window.minY).toBeLessThan(grid.cell);
    }
  });
});

describe('the thumbnails under a camera', () => {
  const many = randomPositions(51, 3000);

  it.each([1, 3, 20])('never overlap, are within the budget and in view, at zoom %d', (zoom) => {
    const question = questionAbout(many, { ...fitted, scale: fitted.scale * zoom });
    const chosen = chooseThumbnails(question);
    const { window, grid } = question;
    expect(chosen.length).toBeGreaterThan(zoom > 10 ? 5 : 15);
    expect(chosen.length).toBeLessThanOrEqual(grid.budget);
    expect(new Set(chosen).size).toBe(chosen.length);
    const inView = new Set(question.index.inBox(window));
    chosen.forEach((point, position) => {
      expect(inView.has(point)).toBe(true);
      for (const other of chosen.slice(0, position)) {
        expect(apart(many, point, other)).toBeGreaterThanOrEqual(grid.spacing);
      }
    });
  });

  it('leave no room unused where there are few pictures', () => {
    const few = randomPositions(52, 60);
    const question = questionAbout(few, fitted);
    const chosen = chooseThumbnails(question);
    for (let point = 0; point < 60; point++) {
      const nearest = Math.min(...chosen.map((one) => apart(few, point, one)));
      expect(nearest).toBeLessThan(question.grid.spacing);
    }
  });

  it('are not of the anchor, and do not lie over it or its negatives', () => {
    const question = questionAbout(many, fitted, { except: 17, uncovered: [17, 40, 41] });
    const chosen = chooseThumbnails(question);
    expect(chosen).not.toContain(17);
    for (const point of chosen) {
      for (const bare of [17, 40, 41].filter((one) => one !== point)) {
        expect(apart(many, point, bare)).toBeGreaterThanOrEqual(question.grid.spacing * 0.65);
      }
    }
    expect(chosen.length).toBeGreaterThan(10);
  });

  it('are of what the filters keep, before anything dimmed', () => {
    // Dimmed ones lie all about; two in the very middle of them stay.
    const crowd = [...randomPositions(53, 500, 1)];
    const strong = [0.4, 0.1, -2, 3];
    const coordinates = Float32Array.from([...crowd, ...strong]);
    const chosen = chooseThumbnails(
      questionAbout(coordinates, fitted, { dimmed: (point) => point < 500 }),
    );
    expect(chosen.slice(0, 2).sort()).toEqual([500, 501]);
  });

  it('show the middle of a heap first, and the fullest heap before others', () => {
    // Cells are wider than these heaps; the second heap has more pictures.
    const heap = (x: number, count: number): number[] =>
      Array.from({ length: count }, (_, at) => [x + (at - (count - 1) / 2) * 0.01, 0.05]).flat();
    const { cell } = gridFor(fitted, viewport, fitted.scale);
    const coordinates = Float32Array.from([...heap(cell / 2, 5), ...heap(cell * 3.5, 9)]);
    expect(chooseThumbnails(questionAbout(coordinates, fitted))).toEqual([5 + 4, 2]);
  });

  it('are none without pictures, and one where all lie in one position', () => {
    expect(chooseThumbnails(questionAbout(new Float32Array(), fitted))).toEqual([]);
    expect(chooseThumbnails(questionAbout(new Float32Array(2000), fitted))).toHaveLength(1);
  });
});
