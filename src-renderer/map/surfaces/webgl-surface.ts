import { ContourLayer } from './contour-layer.ts';
import { EdgeLayer } from './edge-layer.ts';
import type { Frame } from '../scene/frame.ts';
import { PointLayer } from './point-layer.ts';
import type { DotsBy } from '../scene/map-props.ts';
import { RasterLayer } from './raster-layer.ts';
import type { PointDrawing, Scene, Surface } from '../scene/scene.ts';
import { isSoftwareGraphics } from './software-graphics.ts';
import { SpriteLayer } from './sprite-layer.ts';
import type { Sprite } from '../scene/sprite.ts';
import type { ThumbnailAtlas } from '../scene/thumbnail-atlas.ts';

/**
 * Draws the map with WebGL2: faint points, contours, edges, strong points, then pictures and rings.
 */
export class WebglSurface implements Surface {
  readonly isByProcessor: boolean;
  readonly #gl: WebGL2RenderingContext;
  readonly #points: PointDrawing;
  readonly #contours: ContourLayer;
  readonly #edges: EdgeLayer;
  readonly #sprites: SpriteLayer;

  /**
   * `dotsBy` says who draws the points: the graphics card, or the processor where there is none.
   */
  constructor(gl: WebGL2RenderingContext, dotsBy: DotsBy = 'any') {
    this.#gl = gl;
    this.isByProcessor = dotsBy === 'any' ? isSoftwareGraphics(gl) : dotsBy === 'processor';
    this.#points = this.isByProcessor ? new RasterLayer(gl) : new PointLayer(gl);
    this.#contours = new ContourLayer(gl);
    this.#edges = new EdgeLayer(gl);
    this.#sprites = new SpriteLayer(gl);
  }

  draw(scene: Scene, frame: Frame, sprites: readonly Sprite[], atlas: ThumbnailAtlas): void {
    const gl = this.#gl;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.#points.draw(scene, frame, 'below');
    this.#contours.draw(scene, frame);
    this.#edges.draw(scene, frame);
    this.#points.draw(scene, frame, 'above');
    this.#sprites.draw(sprites, frame, atlas);
  }

  dispose(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
