import type { Bounds, Position } from './camera.ts';
import type { SelectionMode } from './map-props.ts';

/** Whether a point is inside a closed outline (even-odd rule). */
export function isInside(outline: readonly Position[], point: Position): boolean {
  let inside = false;
  let before = outline[outline.length - 1];
  for (const corner of outline) {
    if (before && corner.y > point.y !== before.y > point.y) {
      const slope = (before.x - corner.x) / (before.y - corner.y);
      if (point.x < corner.x + (point.y - corner.y) * slope) inside = !inside;
    }
    before = corner;
  }
  return inside;
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
