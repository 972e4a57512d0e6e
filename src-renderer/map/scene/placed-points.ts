import { boundsOf, type Bounds, type Position } from './camera.ts';
import type { PointSet } from './map-props.ts';

/** The pictures where they are and, until the transition is over, where they were. */
export interface PlacedPoints {
  readonly ids: Uint32Array;
  readonly coordinates: Float32Array;
  /** Four floats per picture: x, y, previous x, previous y. */
  readonly positions: Float32Array;
  readonly bounds: Bounds;
  readonly indexById: ReadonlyMap<number, number>;
}

export const noPoints: PlacedPoints = joinPoints({
  ids: new Uint32Array(),
  coordinates: new Float32Array(),
});

/** Where a picture lay on the previous map, in the coordinates of the new one; null if nowhere. */
type PreviousPosition = (id: number) => Position | null;

/** What is shown of points when everything fits. */
export function shownBounds({ bounds, coordinates }: PointSet): Bounds {
  return bounds ?? boundsOf(coordinates);
}

/** Joins new coordinates with the previous positions; throws when the two arrays do not match. */
export function joinPoints(
  points: PointSet,
  previousOf: PreviousPosition = () => null,
): PlacedPoints {
  const { ids, coordinates } = points;
  if (coordinates.length !== ids.length * 2) {
    throw new RangeError(
      `The map got ${ids.length} pictures but ${coordinates.length} coordinates (2 per picture).`,
    );
  }
  const positions = new Float32Array(ids.length * 4);
  const indexById = new Map<number, number>();
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? 0;
    const x = coordinates[index * 2] ?? 0;
    const y = coordinates[index * 2 + 1] ?? 0;
    const previous = previousOf(id);
    positions[index * 4] = x;
    positions[index * 4 + 1] = y;
    positions[index * 4 + 2] = previous?.x ?? x;
    positions[index * 4 + 3] = previous?.y ?? y;
    indexById.set(id, index);
  }
  return { ids, coordinates, positions, bounds: shownBounds(points), indexById };
}

/** Where the picture at `index` is when the transition has come to `progress` (0..1). */
export function positionAt(points: PlacedPoints, index: number, progress: number): Position {
  const { positions } = points;
  const x = positions[index * 4] ?? 0;
  const y = positions[index * 4 + 1] ?? 0;
  const fromX = positions[index * 4 + 2] ?? 0;
  const fromY = positions[index * 4 + 3] ?? 0;
  return { x: fromX + (x - fromX) * progress, y: fromY + (y - fromY) * progress };
}
