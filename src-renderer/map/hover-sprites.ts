import { toScreen } from './camera.ts';
import { parseColour, withAlpha } from './colours.ts';
import { dotRadius, dotShape } from './dot-size.ts';
import type { Frame } from './frame.ts';
import { placeAt } from './placed-points.ts';
import { markSize, type Scene } from './scene.ts';
import { ringSprite, type Sprite } from './sprite.ts';

/** Lights up one point: a larger dot in its own colour, ringed and glowing in the text's colour. */
export function hoverSprites(scene: Scene, frame: Frame, index: number): Sprite[] {
  const place = placeAt(scene.points, index, frame.progress);
  const at = toScreen(frame.camera, frame.viewport, place);
  const category = scene.marks[index * markSize] ?? 0;
  const palette = scene.palette;
  const colour = palette[Math.min(category, palette.length - 1)] ?? '#808080';
  const radius = dotRadius(scene.points.ids.length, frame.zoom) * dotShape.strong.growth + 3;
  return [
    {
      ...ringSprite(at.x, at.y, radius, 1.75, scene.text),
      fill: parseColour(colour),
      glow: withAlpha(scene.text, 0.35),
      glowSize: 9,
    },
  ];
}

/** The same for a picture that is a thumbnail now: it rises above the others. */
export function hoveredThumbnail(sprite: Sprite, scene: Scene): Sprite {
  return {
    ...sprite,
    half: sprite.half * 1.15,
    border: 2,
    borderColour: scene.text,
    glow: withAlpha(scene.text, 0.3),
    glowSize: 10,
    alpha: 1,
  };
}
