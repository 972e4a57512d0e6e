import type { Position, Viewport } from '../scene/camera.ts';
import type { Rgba } from '../scene/colours.ts';
import { ringSprite, type Sprite } from '../scene/sprite.ts';
import { thumbnailHalf } from './thumbnail-choice.ts';

/** Radius in CSS pixels of the amber ring around the anchor's dot. */
export const anchorRingRadius = 9;

/** Half the film's side in CSS pixels: always larger than the thumbnails around it. */
export function filmHalf(zoom: number): number {
  return Math.max(27, thumbnailHalf(zoom) + 6);
}

/** The film lies beside the anchor, so that its nearest neighbours stay in sight. */
export const filmSides: readonly Position[] = [
  { x: 0, y: -1 },
  { x: 1, y: 0 },
  { x: -1, y: 0 },
  { x: 0, y: 1 },
];

/** Colours of the anchor's ring and film. */
interface FilmColours {
  readonly anchor: Rgba;
  readonly film: Rgba;
  readonly glow: Rgba;
}

/** Where the film's centre is, in CSS pixels, for an anchor at `at` and a side. */
export function filmCentre(at: Position, side: Position, half: number): Position {
  const distance = anchorRingRadius + half + 7;
  return { x: at.x + side.x * distance, y: at.y + side.y * distance };
}

/**
 * The side where the film is most in the viewport and, of those, covers least; `weightAt` weighs
 * the pictures around a position.
 */
export function emptiestSide(
  at: Position,
  half: number,
  viewport: Viewport,
  weightAt: (centre: Position) => number,
): Position {
  let best = filmSides[0] ?? { x: 0, y: -1 };
  let leastWeight = Infinity;
  for (const side of filmSides) {
    const centre = filmCentre(at, side, half);
    const weight = weightAt(centre) + 1e6 * outsideOf(viewport, centre, half);
    if (weight >= leastWeight) continue;
    best = side;
    leastWeight = weight;
  }
  return best;
}

/** How many pixels of a square lie outside of the viewport, on the axis on which most do. */
function outsideOf({ width, height }: Viewport, centre: Position, half: number): number {
  const across = Math.abs(centre.x - width / 2) + half - width / 2;
  const down = Math.abs(centre.y - height / 2) + half - height / 2;
  return Math.max(across, down, 0);
}

/** The ring, its dot and the film with the anchor's picture (no film while `slot` is -1). */
export function anchorSprites(
  at: Position,
  side: Position,
  half: number,
  slot: number,
  colours: FilmColours,
): Sprite[] {
  const ring = ringSprite(at.x, at.y, anchorRingRadius, 2.2, colours.anchor);
  const dot = { ...ringSprite(at.x, at.y, 4, 0, colours.anchor), fill: colours.anchor };
  if (slot < 0) return [ring, dot];
  const film: Sprite = {
    ...filmCentre(at, side, half),
    half,
    corner: 7,
    border: 2,
    mat: 3,
    borderColour: colours.anchor,
    fill: colours.film,
    glow: colours.glow,
    glowSize: 22,
    slot,
    alpha: 1,
  };
  return [film, ring, dot];
}

/** Whether a point of the viewport is on the film. */
export function isOnFilm(at: Position, side: Position, half: number, point: Position): boolean {
  const centre = filmCentre(at, side, half);
  return Math.abs(point.x - centre.x) <= half && Math.abs(point.y - centre.y) <= half;
}
