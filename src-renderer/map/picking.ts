import KDBush from 'kdbush';
import type { Bounds, Position } from './camera.ts';

/** Finds points by place, in the coordinates of the data (x, y interleaved). */
export class PointIndex {
  readonly #tree: KDBush | null;
  readonly #coordinates: Float32Array;

  constructor(coordinates: Float32Array) {
    this.#coordinates = coordinates;
    const count = coordinates.length / 2;
    this.#tree = count > 0 ? new KDBush(count, 64, Float32Array) : null;
    for (let index = 0; index < count; index += 1) {
      this.#tree?.add(coordinates[index * 2] ?? 0, coordinates[index * 2 + 1] ?? 0);
    }
    this.#tree?.finish();
  }

  /** Indices of the points inside a box. */
  inBox(box: Bounds): readonly number[] {
    return this.#tree?.range(box.minX, box.minY, box.maxX, box.maxY) ?? [];
  }

  distanceTo(index: number, at: Position): number {
    const x = this.#coordinates[index * 2] ?? 0;
    const y = this.#coordinates[index * 2 + 1] ?? 0;
    return Math.hypot(x - at.x, y - at.y);
  }

  /**
   * The point that a pointer at `at` means: of the dots under it the one drawn on top, which is
   * that of the highest layer and then of the highest index (`radiusOf` and `layerOf` tell how wide
   * and how high a dot is); where no dot is, the nearest within `reach`. -1 for none.
   */
  pick(
    at: Position,
    reach: number,
    radiusOf: (index: number) => number,
    layerOf: (index: number) => number,
  ): number {
    const near = this.#tree?.within(at.x, at.y, reach) ?? [];
    const isUnder = (index: number): boolean => this.distanceTo(index, at) <= radiusOf(index);
    let best = -1;
    for (const index of near) {
      if (!isUnder(index)) continue;
      const height = best < 0 ? 1 : layerOf(index) - layerOf(best) || index - best;
      if (height > 0) best = index;
    }
    return best < 0 ? this.#nearestOf(near, at) : best;
  }

  #nearestOf(indices: readonly number[], at: Position): number {
    let best = -1;
    for (const index of indices) {
      if (best < 0 || this.distanceTo(index, at) < this.distanceTo(best, at)) best = index;
    }
    return best;
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
