import { dotRadius } from '../scene/dot-size.ts';
import { stampOf, subpixels, type Stamp, type StampLook } from './dot-stamps.ts';
import type { Frame } from '../scene/frame.ts';
import { layerOf, markSize, type Scene } from '../scene/scene.ts';

const layers = 4;

/** A part of a raster, in pixels from its top left corner; `right` and `bottom` are outside. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Draws dots into memory by stamping ready-made ones: where the graphics are a program on the
 * processor, its shaders would work out every pixel of every dot.
 */
export class DotRaster {
  width = 0;
  height = 0;
  #pixels = new Uint32Array();
  #left = 0;
  #top = 0;
  #right = 0;
  #bottom = 0;
  #stamps: (Stamp | undefined)[] = [];
  #look: StampLook | null = null;

  /** Around all dots of the last drawing; empty where it has none. */
  get box(): PixelBox {
    return { left: this.#left, top: this.#top, right: this.#right, bottom: this.#bottom };
  }

  /** The dots `from` to `to` of the scene's order, as premultiplied RGBA of the frame's size. */
  draw(scene: Scene, frame: Frame, from: number, to: number): Uint8Array<ArrayBuffer> {
    this.#resize(frame);
    this.#dress(scene, frame);
    const { positions } = scene.points;
    const { camera, viewport, pixelRatio, progress } = frame;
    const scale = camera.scale * pixelRatio;
    const middleX = (viewport.width / 2) * pixelRatio - camera.x * scale;
    const middleY = (viewport.height / 2) * pixelRatio + camera.y * scale;
    for (let position = from; position < to; position += 1) {
      const index = scene.order[position] ?? 0;
      const start = index * 4;
      const fromX = positions[start + 2] ?? 0;
      const fromY = positions[start + 3] ?? 0;
      const x = fromX + ((positions[start] ?? 0) - fromX) * progress;
      const y = fromY + ((positions[start + 1] ?? 0) - fromY) * progress;
      this.#stamp(this.#stampOf(scene, index), middleX + x * scale, middleY - y * scale);
    }
    return new Uint8Array(this.#pixels.buffer);
  }

  #resize({ viewport, pixelRatio }: Frame): void {
    const width = Math.max(Math.round(viewport.width * pixelRatio), 1);
    const height = Math.max(Math.round(viewport.height * pixelRatio), 1);
    if (width === this.width && height === this.height) this.#pixels.fill(0);
    else this.#pixels = new Uint32Array(width * height);
    this.width = width;
    this.height = height;
    this.#left = width;
    this.#top = height;
    this.#right = 0;
    this.#bottom = 0;
  }

  /** Stamps are made anew when dots look different: another size, palette or theme. */
  #dress({ points, palette, text, page }: Scene, { zoom, pixelRatio }: Frame): void {
    const radius = dotRadius(points.ids.length, zoom) * pixelRatio;
    const before = this.#look;
    const isSame =
      before?.radius === radius &&
      before.pixelRatio === pixelRatio &&
      before.palette === palette &&
      before.text === text &&
      before.page === page;
    if (isSame) return;
    this.#look = { radius, pixelRatio, palette, text, page };
    this.#stamps = [];
  }

  #stampOf({ marks }: Scene, index: number): Stamp {
    const layer = layerOf(marks, index);
    const category = marks[index * markSize] ?? 0;
    const key = category * layers + layer;
    const isDiamond = marks[index * markSize + 3] === 1;
    return (this.#stamps[key] ??= stampOf(this.#look as StampLook, layer, category, isDiamond));
  }

  #stamp({ reach, pixels }: Stamp, x: number, y: number): void {
    const column = Math.round(x * subpixels);
    const row = Math.round(y * subpixels);
    const left = Math.floor(column / subpixels) - reach;
    const top = Math.floor(row / subpixels) - reach;
    const side = 2 * reach + 1;
    if (left >= this.width || top >= this.height || left + side <= 0 || top + side <= 0) return;
    const source = pixels[(row & (subpixels - 1)) * subpixels + (column & (subpixels - 1))];
    if (source) this.#blend(source, left, top, side);
  }

  /** Lays a square over what is there: above + below × (1 - the above's alpha). */
  #blend(source: Uint32Array, left: number, top: number, side: number): void {
    const { width } = this;
    const target = this.#pixels;
    const firstRow = Math.max(-top, 0);
    const lastRow = Math.min(this.height - top, side);
    const firstColumn = Math.max(-left, 0);
    const lastColumn = Math.min(width - left, side);
    this.#left = Math.min(this.#left, left + firstColumn);
    this.#top = Math.min(this.#top, top + firstRow);
    this.#right = Math.max(this.#right, left + lastColumn);
    this.#bottom = Math.max(this.#bottom, top + lastRow);
    for (let row = firstRow; row < lastRow; row += 1) {
      const start = (top + row) * width + left;
      for (let column = firstColumn; column < lastColumn; column += 1) {
        const above = source[row * side + column] ?? 0;
        if (above === 0) continue;
        const index = start + column;
        const below = target[index] ?? 0;
        if (below === 0) {
          target[index] = above;
          continue;
        }
        const rest = 256 - (above >>> 24);
        // Two channels at a time: each product needs 16 bits.
        const even = (Math.imul(below & 0xff00ff, rest) >>> 8) & 0xff00ff;
        const odd = Math.imul((below >>> 8) & 0xff00ff, rest) & 0xff00ff00;
        target[index] = above + (even | odd);
      }
    }
  }
}
