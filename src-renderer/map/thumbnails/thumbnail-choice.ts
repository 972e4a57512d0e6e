import {
  visibleBounds,
  type Bounds,
  type Camera,
  type Position,
  type Viewport,
} from '../scene/camera.ts';
import { emphasisLevel } from '../scene/map-props.ts';
import type { PointIndex } from '../scene/picking.ts';
import { layerOf } from '../scene/scene.ts';

/** A zoom step (half a power of two) with its grid; between two steps the choice stays the same. */
interface ThumbnailGrid {
  /** Pixels per unit of data at the start of the step. */
  readonly scale: number;
  /** Side of a cell in units of the data. */
  readonly cell: number;
  /** Least distance between two thumbnails' centres, in units of the data. */
  readonly spacing: number;
  readonly budget: number;
}

/** What decides which pictures become thumbnails. */
export interface ThumbnailQuestion {
  readonly coordinates: Float32Array;
  readonly marks: Uint8Array;
  readonly index: PointIndex;
  readonly grid: ThumbnailGrid;
  /** Whole cells around the viewport (see `cellsInViewport`). */
  readonly window: Bounds;
  /** Points that no other picture's thumbnail may cover: the anchor and its negatives. */
  readonly uncovered: readonly number[];
  /** The one point that gets none, -1 for none: the anchor has its film. */
  readonly except: number;
}

/** Half the side of a thumbnail in CSS pixels: 28 pixels wide in the overview, 64 far in. */
export function thumbnailHalf(zoom: number): number {
  return Math.min(Math.max(14 + 4 * Math.log2(zoom), 13), 32);
}

/** The grid for a scale: fewer thumbnails in the overview, denser ones further in. */
export function gridFor(camera: Camera, viewport: Viewport, fitScale: number): ThumbnailGrid {
  const step = Math.floor(Math.log2(camera.scale / fitScale) * 2) / 2;
  const scale = fitScale * 2 ** step;
  const area = viewport.width * viewport.height;
  const budget = Math.round(Math.min(Math.max(area / 9000, 24), 96));
  const crowded = Math.sqrt(area / budget);
  const pixels = crowded * (1 + 0.55 * Math.min(Math.max(1 - step / 2.5, 0), 1));
  const widest = 2 * thumbnailHalf(2 ** (step + 0.5)) + 5;
  return {
    scale,
    cell: Math.max(pixels, widest) / scale,
    spacing: widest / scale,
    budget,
  };
}

/** The viewport widened to whole cells, so that panning within them changes nothing. */
export function cellsInViewport(camera: Camera, viewport: Viewport, grid: ThumbnailGrid): Bounds {
  const { minX, minY, maxX, maxY } = visibleBounds(camera, viewport, 0);
  return {
    minX: Math.floor(minX / grid.cell) * grid.cell,
    minY: Math.floor(minY / grid.cell) * grid.cell,
    maxX: Math.ceil(maxX / grid.cell) * grid.cell,
    maxY: Math.ceil(maxY / grid.cell) * grid.cell,
  };
}

/**
 * Points to show as thumbnails: the most central point of each cell, the fullest cells first, then
 * whatever else has room; undimmed points go before dimmed ones and no two thumbnails overlap.
 */
export function chooseThumbnails(question: ThumbnailQuestion): readonly number[] {
  const { index, window, grid, except } = question;
  const candidates = without(index.inBox(window), except);
  const chosen: number[] = [];
  const consider = (point: number): void => {
    if (chosen.length < grid.budget && hasRoom(point, chosen, question)) chosen.push(point);
  };
  centralPoints(candidates, question).forEach(consider);
  if (candidates.length <= grid.budget * 4) candidates.forEach(consider);
  return chosen;
}

/** All of some ascending points but one. */
function without(points: Uint32Array, except: number): Uint32Array {
  const at = points.indexOf(except);
  if (at < 0) return points;
  points.copyWithin(at, at + 1);
  return points.subarray(0, -1);
}

/** The most central undimmed point of each cell (dimmed where there is no other), fullest first. */
function centralPoints(candidates: Uint32Array, question: ThumbnailQuestion): number[] {
  const { coordinates, marks } = question;
  const cells = countCells(candidates, question);
  const central = new Int32Array(cells.level.length).fill(-1);
  const least = new Float64Array(cells.level.length).fill(Infinity);
  for (let at = 0; at < candidates.length; at += 1) {
    const point = candidates[at] ?? 0;
    const cell = cells.of[at] ?? 0;
    if (levelOf(marks, point) < (cells.level[cell] ?? 0)) continue;
    const distance = distanceToMiddle(cells, cell, positionOf(coordinates, point));
    if (distance >= (least[cell] ?? 0)) continue;
    central[cell] = point;
    least[cell] = distance;
  }
  const rank = (cell: number): number =>
    (cells.level[cell] ?? 0) * 2 ** 32 + (cells.count[cell] ?? 0);
  return Array.from(central.keys())
    .filter((cell) => (central[cell] ?? -1) >= 0)
    .sort((a, b) => rank(b) - rank(a))
    .map((cell) => central[cell] ?? -1);
}

/** How far a position is from the middle of a cell's points, squared. */
function distanceToMiddle({ count, sumX, sumY }: Cells, cell: number, { x, y }: Position): number {
  const points = count[cell] ?? 1;
  const dx = x - (sumX[cell] ?? 0) / points;
  const dy = y - (sumY[cell] ?? 0) / points;
  return dx * dx + dy * dy;
}

/**
 * Each cell's highest level and, of the points of that level, how many there are and their sums.
 */
interface Cells {
  /** The cell of each candidate. */
  readonly of: Uint32Array;
  readonly level: Uint8Array;
  readonly count: Uint32Array;
  readonly sumX: Float64Array;
  readonly sumY: Float64Array;
}

function countCells(candidates: Uint32Array, question: ThumbnailQuestion): Cells {
  const { coordinates, marks, grid, window } = question;
  const columns = Math.round((window.maxX - window.minX) / grid.cell) + 1;
  const size = columns * (Math.round((window.maxY - window.minY) / grid.cell) + 1);
  const { minX, minY } = window;
  const side = grid.cell;
  const cells: Cells = {
    of: new Uint32Array(candidates.length),
    level: new Uint8Array(size),
    count: new Uint32Array(size),
    sumX: new Float64Array(size),
    sumY: new Float64Array(size),
  };
  const { of, level, count, sumX, sumY } = cells;
  for (let at = 0; at < candidates.length; at += 1) {
    const point = candidates[at] ?? 0;
    const x = coordinates[point * 2] ?? 0;
    const y = coordinates[point * 2 + 1] ?? 0;
    const cell = Math.floor((y - minY) / side) * columns + Math.floor((x - minX) / side);
    of[at] = cell;
    const own = levelOf(marks, point);
    if (own < (level[cell] ?? 0)) continue;
    if (own > (level[cell] ?? 0)) {
      level[cell] = own;
      count[cell] = 0;
      sumX[cell] = 0;
      sumY[cell] = 0;
    }
    count[cell] = (count[cell] ?? 0) + 1;
    sumX[cell] = (sumX[cell] ?? 0) + x;
    sumY[cell] = (sumY[cell] ?? 0) + y;
  }
  return cells;
}

function levelOf(marks: Uint8Array, point: number): number {
  return Math.min(layerOf(marks, point), emphasisLevel.normal);
}

function hasRoom(point: number, chosen: readonly number[], question: ThumbnailQuestion): boolean {
  const { coordinates, grid, uncovered } = question;
  const at = positionOf(coordinates, point);
  const isNear = (other: number, distance: number): boolean => {
    const position = positionOf(coordinates, other);
    return Math.abs(position.x - at.x) < distance && Math.abs(position.y - at.y) < distance;
  };
  return (
    !chosen.some((other) => isNear(other, grid.spacing)) &&
    !uncovered.some((other) => other !== point && isNear(other, grid.spacing * 0.65))
  );
}

function positionOf(coordinates: Float32Array, point: number): Position {
  return { x: coordinates[point * 2] ?? 0, y: coordinates[point * 2 + 1] ?? 0 };
}
