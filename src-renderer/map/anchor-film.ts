import type { Position, Viewport } from './camera.ts';
import type { Rgba } from './colours.ts';
import { ringSprite, type Sprite } from './sprite.ts';

/** Radius in CSS pixels of the amber ring around the anchor's dot. */
export const anchorRingRadius = 9;
const filmHalf = 27;
const filmDistance = anchorRingRadius + filmHalf + 7;

/** The film lies beside the anchor, so that its nearest neighbours stay in sight. */
export const filmSides: readonly Position[] = [
  { x: 0, y: -1 },
  { x: 1, y: 0 },
  { x: -1, y: 0 },
  { x: 0, y: 1 },
];

/** Colours of the anchor's ring and film. */
export interface FilmColours {
  readonly anchor: Rgba;
  readonly film: Rgba;
  readonly glow: Rgba;
}

/** Where the film's centre is, in CSS pixels, for an anchor at `at` and a side. */
export function filmCentre(at: Position, side: Position): Position {
  return { x: at.x + side.x * filmDistance, y: at.y + side.y * filmDistance };
}

/** The side where the film covers least; `weightAt` weighs the pictures around a place. */
export function emptiestSide(
  at: Position,
  viewport: Viewport,
  weightAt: (centre: Position, half: number) => number,
): Position {
  let best = filmSides[0] ?? { x: 0, y: -1 };
  let leastWeight = Infinity;
  for (const side of filmSides) {
    const centre = filmCentre(at, side);
    const isInView =
      Math.abs(centre.x - viewport.width / 2) < viewport.width / 2 - filmHalf &&
      Math.abs(centre.y - viewport.height / 2) < viewport.height / 2 - filmHalf;
    const weight = weightAt(centre, filmHalf) + (isInView ? 0 : 1e6);
    if (weight >= leastWeight) continue;
    best = side;
    leastWeight = weight;
  }
  return best;
}

/** The ring, its dot and the film with the anchor's picture (no film while `slot` is -1). */
export function anchorSprites(
  at: Position,
  side: Position,
  slot: number,
  colours: FilmColours,
): Sprite[] {
  const ring = ringSprite(at.x, at.y, anchorRingRadius, 2.2, colours.anchor);
  const dot = { ...ringSprite(at.x, at.y, 4, 0, colours.anchor), fill: colours.anchor };
  if (slot < 0) return [ring, dot];
  const film: Sprite = {
    ...filmCentre(at, side),
    half: filmHalf,
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

/** Whether a point of the view is on the film. */
export function isOnFilm(at: Position, side: Position, point: Position): boolean {
  const centre = filmCentre(at, side);
  return Math.abs(point.x - centre.x) <= filmHalf && Math.abs(point.y - centre.y) <= filmHalf;
}
