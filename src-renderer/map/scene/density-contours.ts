import { contours } from 'd3-contour';
import { blur2 } from 'd3-array';
import { boundsOf } from './camera.ts';

/** Floats per corner of a contour: x, y, and how dense it is there, 0 (faint) to 1. */
export const contourSize = 3;

const cells = 160;
/** Empty cells around the points, into which the blur may run. */
const border = 16;
const blurCells = 3;
/** Shares of the densest cell at which a line is drawn. */
const levels = [0.05, 0.12, 0.22, 0.36, 0.54, 0.76];

/**
 * Lines of equal density as pairs of corners, in the coordinates of the data: where dots lie over
 * one another, only these show how many there are.
 */
export function densityContours(coordinates: Float32Array): Float32Array {
  const count = coordinates.length / 2;
  if (count < 3) return new Float32Array();
  const { minX, minY, maxX, maxY } = boundsOf(coordinates);
  const cell = Math.max(maxX - minX, maxY - minY, 1e-6) / cells;
  const width = Math.ceil((maxX - minX) / cell) + 2 * border + 1;
  const height = Math.ceil((maxY - minY) / cell) + 2 * border + 1;
  const data = new Float64Array(width * height);
  for (let index = 0; index < count; index += 1) {
    const column = Math.floor(((coordinates[index * 2] ?? 0) - minX) / cell) + border;
    const row = Math.floor(((coordinates[index * 2 + 1] ?? 0) - minY) / cell) + border;
    data[row * width + column] = (data[row * width + column] ?? 0) + 1;
  }
  blur2({ data, width, height }, blurCells);
  const densest = data.reduce((most, value) => Math.max(most, value), 0);
  const lines: number[] = [];
  const trace = contours().size([width, height]);
  levels.forEach((level, index) => {
    const { coordinates: polygons } = trace.contour(data as unknown as number[], level * densest);
    for (const ring of polygons.flat()) {
      for (let corner = 0; corner + 1 < ring.length; corner += 1) {
        for (const [column = 0, row = 0] of [ring[corner] ?? [], ring[corner + 1] ?? []]) {
          lines.push(
            minX + (column - border) * cell,
            minY + (row - border) * cell,
            index / (levels.length - 1),
          );
        }
      }
    }
  });
  return Float32Array.from(lines);
}
