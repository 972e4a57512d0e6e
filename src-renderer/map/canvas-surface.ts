import { toScreen, type Position } from './camera.ts';
import type { Rgba } from './colours.ts';
import { edgeBend, edgeOpacity } from './edge-layer.ts';
import { dotRadius, dotShape } from './dot-size.ts';
import type { Frame } from './frame.ts';
import { emphasisLevel } from './map-props.ts';
import { placeAt } from './placed-points.ts';
import { edgeSize, markSize, type Scene, type Surface } from './scene.ts';
import type { Sprite } from './sprite.ts';
import type { ThumbnailAtlas } from './thumbnail-atlas.ts';

const css = ([red, green, blue, alpha]: Rgba, opacity = 1): string =>
  `rgb(${red * 255} ${green * 255} ${blue * 255} / ${alpha * opacity})`;

/** Draws the same map without WebGL2: right, but slow beyond some ten thousand pictures. */
export class CanvasSurface implements Surface {
  readonly #context: CanvasRenderingContext2D;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  draw(scene: Scene, frame: Frame, sprites: readonly Sprite[], atlas: ThumbnailAtlas): void {
    const context = this.#context;
    context.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
    context.clearRect(0, 0, frame.viewport.width, frame.viewport.height);
    this.#drawPoints(scene, frame, scene.order.subarray(0, scene.strongFrom));
    this.#drawEdges(scene, frame);
    this.#drawPoints(scene, frame, scene.order.subarray(scene.strongFrom));
    for (const sprite of sprites) this.#drawSprite(sprite, atlas.bitmaps[sprite.slot]);
    context.globalAlpha = 1;
  }

  dispose(): void {
    this.#context.reset();
  }

  #drawPoints(scene: Scene, frame: Frame, order: Uint32Array): void {
    const context = this.#context;
    const radius = dotRadius(scene.points.ids.length, frame.zoom);
    for (const index of order) {
      const at = this.#screenAt(scene, frame, index);
      const level = scene.marks[index * markSize + 1] ?? emphasisLevel.normal;
      const isSelected = scene.marks[index * markSize + 2] === 1;
      const category = scene.marks[index * markSize] ?? 0;
      const colour = scene.palette[Math.min(category, scene.palette.length - 1)] ?? '#808080';
      const isStrong = isSelected || level === emphasisLevel.strong;
      context.globalAlpha = isStrong ? 1 : level === emphasisLevel.dim ? 0.3 : 0.86;
      context.fillStyle = colour;
      context.beginPath();
      context.arc(at.x, at.y, radius * (isStrong ? dotShape.strong.growth : 1), 0, 2 * Math.PI);
      context.fill();
      if (!isSelected) continue;
      context.strokeStyle = css(scene.text);
      context.stroke();
    }
  }

  #drawEdges(scene: Scene, frame: Frame): void {
    if (scene.anchorIndex < 0) return;
    const context = this.#context;
    const from = this.#screenAt(scene, frame, scene.anchorIndex);
    context.lineWidth = 1.4;
    for (let start = 0; start < scene.edges.length; start += edgeSize) {
      const [x = 0, y = 0, fromX = 0, fromY = 0, red = 0, green = 0, blue = 0, strength = 0] =
        scene.edges.subarray(start, start + edgeSize);
      const place = {
        x: fromX + (x - fromX) * frame.progress,
        y: fromY + (y - fromY) * frame.progress,
      };
      const to = toScreen(frame.camera, frame.viewport, place);
      const bend = edgeBend * (to.x < from.x ? -1 : 1);
      const middleX = (from.x + to.x) / 2 + (to.y - from.y) * bend;
      const middleY = (from.y + to.y) / 2 - (to.x - from.x) * bend;
      const { weakest, strongest } = edgeOpacity;
      context.globalAlpha = weakest + (strongest - weakest) * strength;
      context.strokeStyle = css([red, green, blue, 1]);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(middleX, middleY, to.x, to.y);
      context.stroke();
    }
  }

  #drawSprite(sprite: Sprite, bitmap: ImageBitmap | undefined): void {
    const context = this.#context;
    const { x, y, half, corner, border } = sprite;
    const inset = border + sprite.mat;
    context.globalAlpha = sprite.alpha;
    context.shadowColor = css(sprite.glow);
    context.shadowBlur = sprite.glowSize;
    context.fillStyle = css(sprite.fill);
    context.beginPath();
    context.roundRect(x - half, y - half, half * 2, half * 2, corner);
    context.fill();
    context.shadowBlur = 0;
    if (bitmap) {
      context.drawImage(
        bitmap,
        x - half + inset,
        y - half + inset,
        2 * (half - inset),
        2 * (half - inset),
      );
    }
    if (border <= 0) return;
    const edge = half - border / 2;
    context.strokeStyle = css(sprite.borderColour);
    context.lineWidth = border;
    context.beginPath();
    context.roundRect(x - edge, y - edge, edge * 2, edge * 2, Math.max(corner - border / 2, 0));
    context.stroke();
  }

  #screenAt(scene: Scene, frame: Frame, index: number): Position {
    return toScreen(frame.camera, frame.viewport, placeAt(scene.points, index, frame.progress));
  }
}
