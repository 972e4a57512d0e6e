import type { Bounds, Position } from './camera.ts';

/**
 * Finds points by position, in the coordinates of the data (x, y interleaved). It reads them all
 * each time, since building a tree first would hold up the first paint.
 */
export class PointIndex {
  readonly #coordinates: Float32Array;

  constructor(coordinates: Float32Array) {
    this.#coordinates = coordinates;
  }

  /** Indices of the points inside a box, ascending. */
  inBox({ minX, minY, maxX, maxY }: Bounds): Uint32Array {
    const coordinates = this.#coordinates;
    const found = new Uint32Array(coordinates.length / 2);
    let count = 0;
    for (let index = 0; index < found.length; index += 1) {
      const x = coordinates[index * 2] ?? 0;
      const y = coordinates[index * 2 + 1] ?? 0;
      if (x < minX || x > maxX || y < minY || y > maxY) continue;
      found[count] = index;
      count += 1;
    }
    return found.subarray(0, count);
  }

  distanceTo(index: number, at: Position): number {
    const x = this.#coordinates[index * 2] ?? 0;
    const y = this.#coordinates[index * 2 + 1] ?? 0;
    return Math.hypot(x - at.x, y - at.y);
  }

  /**
   * The point that a pointer at `at` means: of the dots under it the one drawn on top, which is
   * that of the highest layer and then of the highest index (`radiusOf` and `layerOf` say how wide
   * and how high a dot is); where no dot is, the nearest within `reach`. -1 for none.
   */
  pick(
    at: Position,
    reach: number,
    radiusOf: (index: number) => number,
    layerOf: (index: number) => number,
  ): number {
    const around = {
      minX: at.x - reach,
      minY: at.y - reach,
      maxX: at.x + reach,
      maxY: at.y + reach,
    };
    let best = -1;
    let nearest = -1;
    let least = reach;
    for (const index of this.inBox(around)) {
      const distance = this.distanceTo(index, at);
      if (distance <= least) {
        nearest = index;
        least = distance;
      }
      if (distance > radiusOf(index)) continue;
      const height = best < 0 ? 1 : layerOf(index) - layerOf(best) || index - best;
      if (height > 0) best = index;
    }
    return best < 0 ? nearest : best;
  }

  /** The point nearest to `at` that `isCandidate` lets through, -1 for none. */
  nearest(at: Position, isCandidate: (index: number) => boolean): number {
    let best = -1;
    let bestDistance = Infinity;
    for (let index = 0; index * 2 < this.#coordinates.length; index += 1) {
      const distance = this.distanceTo(index, at);
      if (distance >= bestDistance || !isCandidate(index)) continue;
      best = index;
      bestDistance = distance;
    }
    return best;
  }
}
