import type { Bounds, Position } from '../scene/camera.ts';
import type { SelectionMode } from '../scene/map-props.ts';

/**
 * A test whether a position is inside a closed outline (even-odd rule), quick for many positions.
 */
export function insideOf(outline: readonly Position[]): (x: number, y: number) => boolean {
  const xs = Float64Array.from(outline, (corner) => corner.x);
  const ys = Float64Array.from(outline, (corner) => corner.y);
  return (x, y) => {
    let inside = false;
    let beforeX = xs[xs.length - 1] ?? 0;
    let beforeY = ys[ys.length - 1] ?? 0;
    for (let corner = 0; corner < xs.length; corner += 1) {
      const cornerX = xs[corner] ?? 0;
      const cornerY = ys[corner] ?? 0;
      if (cornerY > y !== beforeY > y) {
        const slope = (beforeX - cornerX) / (beforeY - cornerY);
        if (x < cornerX + (y - cornerY) * slope) inside = !inside;
      }
      beforeX = cornerX;
      beforeY = cornerY;
    }
    return inside;
  };
}

/** The smallest box around an outline. */
export function boxAround(outline: readonly Position[]): Bounds {
  const xs = outline.map((corner) => corner.x);
  const ys = outline.map((corner) => corner.y);
  return {
    minX: Math.min(...xs),
    minY: Math.min(...ys),
    maxX: Math.max(...xs),
    maxY: Math.max(...ys),
  };
}

/** The four corners of the rectangle between two opposite ones. */
export function rectangleBetween(from: Position, to: Position): readonly Position[] {
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
}

/** The path with a new corner, unless that is within 3 pixels of the last one. */
export function extendLasso(path: readonly Position[], to: Position): readonly Position[] {
  const last = path[path.length - 1];
  return last && Math.hypot(to.x - last.x, to.y - last.y) < 3 ? path : [...path, to];
}

interface HeldKeys {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface LassoKey {
  readonly keys: readonly string[];
  readonly does: string;
  readonly mode: SelectionMode;
  readonly isHeld: (event: HeldKeys) => boolean;
}

/** What keys do that are held while an outline is drawn. */
export const lassoKeys: readonly LassoKey[] = [
  { keys: ['Alt'], does: 'While selecting: remove', mode: 'remove', isHeld: (e) => e.altKey },
  { keys: ['Shift'], does: 'While selecting: add', mode: 'add', isHeld: (e) => e.shiftKey },
];

/** What becomes of the selection, by the keys that are held. */
export function selectionModeOf(event: HeldKeys): SelectionMode {
  return lassoKeys.find(({ isHeld }) => isHeld(event))?.mode ?? 'replace';
}
