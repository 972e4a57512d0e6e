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
   * The point that a pointer at `at` means: of the dots that it touches, the one drawn on top
   * (`touch` and `layerOf` say how wide a dot is and how high it lies; ties go to the nearer);
   * if it touches none, the nearest within `reach`. -1 for none.
   */
  pick(
    at: Position,
    reach: number,
    touch: (index: number) => number,
    layerOf: (index: number) => number,
  ): number {
    let best = -1;
    let bestLayer = -Infinity;
    let bestDistance = Infinity;
    for (const index of this.#tree?.within(at.x, at.y, reach) ?? []) {
      const distance = this.distanceTo(index, at);
      const layer = distance <= touch(index) ? layerOf(index) : -1;
      if (layer < bestLayer || (layer === bestLayer && distance >= bestDistance)) continue;
      best = index;
      bestLayer = layer;
      bestDistance = distance;
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
