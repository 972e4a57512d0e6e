import { toScreen } from '../scene/camera.ts';
import { parseColour, withAlpha } from '../scene/colours.ts';
import { dotRadius, dotShape } from '../scene/dot-size.ts';
import type { Frame } from '../scene/frame.ts';
import { positionAt } from '../scene/placed-points.ts';
import { markSize, type Scene } from '../scene/scene.ts';
import { ringSprite, type Sprite } from '../scene/sprite.ts';

/** Lights up one point: a larger dot in its own colour, ringed and glowing in the text's colour. */
export function hoverSprites(scene: Scene, frame: Frame, index: number): Sprite[] {
  const position = positionAt(scene.points, index, frame.progress);
  const at = toScreen(frame.camera, frame.viewport, position);
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

/** The same for a picture drawn as a thumbnail, which is then drawn above the others. */
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
