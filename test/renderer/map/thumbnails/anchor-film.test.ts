import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import {
  anchorRingRadius,
  anchorSprites,
  emptiestSide,
  filmCentre,
  filmHalf,
  filmSides,
  isOnFilm,
} from '../../../../src-renderer/map/thumbnails/anchor-film.ts';
import type { Position } from '../../../../src-renderer/map/scene/camera.ts';
import type { Rgba } from '../../../../src-renderer/map/scene/colours.ts';
import { thumbnailHalf } from '../../../../src-renderer/map/thumbnails/thumbnail-choice.ts';

const viewport = { width: 800, height: 600 };
const middle = { x: 400, y: 300 };
const [above, right, left, below] = filmSides as [Position, Position, Position, Position];

describe("the anchor's film", () => {
  it('is larger than the thumbnails around it at any zoom', () => {
    for (let zoom = 0.25; zoom < 600; zoom *= 1.5) {
      expect(filmHalf(zoom)).toBeGreaterThanOrEqual(Math.max(27, thumbnailHalf(zoom) + 6));
    }
  });

  it('lies beside the ring on any side, and covers neither the ring nor its picture', () => {
    for (const side of filmSides) {
      const centre = filmCentre(middle, side, 30);
      const gap = Math.hypot(centre.x - middle.x, centre.y - middle.y) - 30 - anchorRingRadius;
      expect(gap).toBe(7);
      expect(isOnFilm(middle, side, 30, middle)).toBe(false);
      expect(isOnFilm(middle, side, 30, centre)).toBe(true);
      expect(isOnFilm(middle, side, 30, { x: centre.x + 30, y: centre.y - 30 })).toBe(true);
      expect(isOnFilm(middle, side, 30, { x: centre.x + 31, y: centre.y })).toBe(false);
    }
    expect(filmCentre(middle, above, 30).y).toBeLessThan(middle.y);
  });

  it('takes the side with least on it, the first of equal ones', () => {
    expect(emptiestSide(middle, 30, viewport, () => 5)).toEqual(above);
    const onlyLeftIsFree = ({ x }: Position): number => (x < middle.x ? 1 : 2);
    expect(emptiestSide(middle, 30, viewport, onlyLeftIsFree)).toEqual(left);
  });

  it('stays in view, even over other pictures', () => {
    const emptyOnlyAt =
      (free: Position) =>
      ({ x, y }: Position): number =>
        x === free.x && y === free.y ? 0 : 500;
    // At an edge only the side away from it shows the film whole.
    const top = { x: 400, y: 20 };
    expect(emptiestSide(top, 30, viewport, emptyOnlyAt(filmCentre(top, above, 30)))).toEqual(below);
    const atLeft = { x: 20, y: 300 };
    expect(emptiestSide(atLeft, 30, viewport, emptyOnlyAt(filmCentre(atLeft, left, 30)))).toEqual(
      right,
    );
  });

  it('shows as much as there is room for where the anchor lies in a corner', () => {
    const corner = { x: 795, y: 590 };
    const away = ({ x, y }: Position) => Math.min(800 - x, 600 - y);
    const side = emptiestSide(corner, 30, viewport, (centre) => (away(centre) < 0 ? 0 : 500));
    // Above it 25 pixels are cut off at the right, on the left 20 at the bottom, elsewhere all or most.
    expect(side).toEqual(left);
  });
});

describe('what marks the anchor', () => {
  const colours: Record<'anchor' | 'film' | 'glow', Rgba> = {
    ...{ anchor: [1, 0.7, 0, 1], film: [0.1, 0.1, 0.1, 1], glow: [1, 0.7, 0, 0.3] },
  };

  it('is a ring about a dot, and the film below both', () => {
    const [film, ring, dot] = anchorSprites(middle, right, 30, 4, colours);
    expect(film).toMatchObject({ ...filmCentre(middle, right, 30), half: 30, slot: 4 });
    expect(film).toMatchObject({ fill: colours.film, glow: colours.glow });
    expect(ring).toMatchObject({ ...middle, half: anchorRingRadius, borderColour: colours.anchor });
    expect(dot).toMatchObject({ ...middle, fill: colours.anchor, border: 0 });
    expect(dot!.half).toBeLessThan(anchorRingRadius);
  });

  it('has no film while its picture is not loaded', () => {
    const sprites = anchorSprites(middle, right, 30, -1, colours);
    expect(sprites).toHaveLength(2);
    expect(sprites.every(({ slot }) => slot === -1)).toBe(true);
  });
});
