import { toScreen, type Position } from '../scene/camera.ts';
import type { Rgba } from '../scene/colours.ts';
import { edgeBend, edgeOpacity } from './edge-layer.ts';
import { contourOpacity } from './contour-layer.ts';
import { contourSize } from '../scene/density-contours.ts';
import { DotRaster } from './dot-raster.ts';
import type { Frame } from '../scene/frame.ts';
import { positionAt } from '../scene/placed-points.ts';
import { edgeSize, type Scene, type Surface } from '../scene/scene.ts';
import type { Sprite } from '../scene/sprite.ts';
import type { ThumbnailAtlas } from '../scene/thumbnail-atlas.ts';

const css = ([red, green, blue, alpha]: Rgba, opacity = 1): string =>
  `rgb(${red * 255} ${green * 255} ${blue * 255} / ${alpha * opacity})`;

function dotsCanvas(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('This browser has no canvas to draw the map on.');
  return context;
}

/** Canvases take colours that are not multiplied by their opacity. */
function straight(premultiplied: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(premultiplied.length);
  for (let start = 0; start < pixels.length; start += 4) {
    const alpha = premultiplied[start + 3] ?? 0;
    if (alpha === 0) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      pixels[start + channel] = ((premultiplied[start + channel] ?? 0) * 255) / alpha;
    }
    pixels[start + 3] = alpha;
  }
  return pixels;
}

/** Draws the same map without WebGL2. */
export class CanvasSurface implements Surface {
  readonly isByProcessor = true;
  readonly #context: CanvasRenderingContext2D;
  readonly #raster = new DotRaster();
  readonly #dots = dotsCanvas();

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  draw(scene: Scene, frame: Frame, sprites: readonly Sprite[], atlas: ThumbnailAtlas): void {
    const context = this.#context;
    context.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
    context.clearRect(0, 0, frame.viewport.width, frame.viewport.height);
    this.#drawPoints(scene, frame, 0, scene.strongFrom);
    this.#drawContours(scene, frame);
    this.#drawEdges(scene, frame);
    this.#drawPoints(scene, frame, scene.strongFrom, scene.order.length);
    for (const sprite of sprites) this.#drawSprite(sprite, atlas.bitmaps[sprite.slot]);
    context.globalAlpha = 1;
  }

  dispose(): void {
    this.#context.reset();
  }

  /** Through a canvas of their own: pixels put straight on this one would erase what is there. */
  #drawPoints(scene: Scene, frame: Frame, from: number, to: number): void {
    if (to <= from) return;
    const pixels = this.#raster.draw(scene, frame, from, to);
    const { width, height } = this.#raster;
    if (this.#dots.canvas.width !== width) this.#dots.canvas.width = width;
    if (this.#dots.canvas.height !== height) this.#dots.canvas.height = height;
    this.#dots.putImageData(new ImageData(straight(pixels), width, height), 0, 0);
    this.#context.globalAlpha = 1;
    this.#context.drawImage(this.#dots.canvas, 0, 0, frame.viewport.width, frame.viewport.height);
  }

  #drawContours({ contours, text }: Scene, { camera, viewport, progress }: Frame): void {
    if (progress < 1) return;
    const context = this.#context;
    const at = (offset: number): Position =>
      toScreen(camera, viewport, { x: contours[offset] ?? 0, y: contours[offset + 1] ?? 0 });
    context.lineWidth = 1;
    context.strokeStyle = css(text);
    for (let start = 0; start < contours.length; start += 2 * contourSize) {
      const { faint, dense } = contourOpacity;
      const from = at(start);
      const to = at(start + contourSize);
      context.globalAlpha = faint + (dense - faint) * (contours[start + 2] ?? 0);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
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
      const position = {
        x: fromX + (x - fromX) * frame.progress,
        y: fromY + (y - fromY) * frame.progress,
      };
      const to = toScreen(frame.camera, frame.viewport, position);
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
    return toScreen(frame.camera, frame.viewport, positionAt(scene.points, index, frame.progress));
  }
}
