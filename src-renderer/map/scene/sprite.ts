import type { Rgba } from './colours.ts';

/** A rounded square in the viewport: a thumbnail, the anchor's film, or (without a fill) a ring. */
export interface Sprite {
  /** Centre in CSS pixels from the viewport's top left corner. */
  readonly x: number;
  readonly y: number;
  /** Half the side, the corner's radius, the border's width and the mat around the picture. */
  readonly half: number;
  readonly corner: number;
  readonly border: number;
  readonly mat: number;
  readonly borderColour: Rgba;
  readonly fill: Rgba;
  readonly glow: Rgba;
  /** Reach of the glow in CSS pixels; 0 for none. */
  readonly glowSize: number;
  /** The picture's slot in the atlas, -1 for none. */
  readonly slot: number;
  readonly alpha: number;
}

const transparent: Rgba = [0, 0, 0, 0];

/** A circle around a point. */
export function ringSprite(
  x: number,
  y: number,
  radius: number,
  border: number,
  borderColour: Rgba,
): Sprite {
  return {
    x,
    y,
    half: radius,
    corner: radius,
    border,
    mat: 0,
    borderColour,
    fill: transparent,
    glow: transparent,
    glowSize: 0,
    slot: -1,
    alpha: 1,
  };
}
