import { DotRaster } from './dot-raster.ts';
import type { Frame } from '../scene/frame.ts';
import type { PointDrawing, PointPart, Scene } from '../scene/scene.ts';
import { createProgram, type WebglProgram } from './webgl-program.ts';

const vertexSource = /* glsl */ `#version 300 es
precision highp float;
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

const fragmentSource = /* glsl */ `#version 300 es
precision highp float;
uniform sampler2D dots;
out vec4 pixel;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  pixel = texelFetch(dots, ivec2(at.x, textureSize(dots, 0).y - 1 - at.y), 0);
}`;

/** One part's picture: drawn anew only when something of it has changed. */
interface Part {
  readonly raster: DotRaster;
  readonly texture: WebGLTexture;
  drawn: readonly unknown[];
  size: string;
}

/** Dots drawn by the processor and laid over the map as one picture (see `DotRaster`). */
export class RasterLayer implements PointDrawing {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebglProgram;
  readonly #array: WebGLVertexArrayObject;
  readonly #parts: Readonly<Record<PointPart, Part>>;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = createProgram(gl, vertexSource, fragmentSource);
    this.#array = gl.createVertexArray();
    const part = (): Part => {
      return { raster: new DotRaster(), texture: gl.createTexture(), drawn: [], size: '' };
    };
    this.#parts = { below: part(), above: part() };
  }

  draw(scene: Scene, frame: Frame, name: PointPart): void {
    const count = scene.points.ids.length;
    const [from, to] = name === 'below' ? [0, scene.strongFrom] : [scene.strongFrom, count];
    if (to <= from) return;
    const gl = this.#gl;
    const part = this.#parts[name];
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, part.texture);
    const { points, marks, palette, text, page } = scene;
    const { camera, viewport, pixelRatio, progress } = frame;
    const shown = [points, marks, palette, text, page, camera, viewport, pixelRatio, progress];
    if (shown.some((value, index) => value !== part.drawn[index])) {
      this.#upload(part, part.raster.draw(scene, frame, from, to));
      part.drawn = shown;
    }
    gl.useProgram(this.#program.program);
    gl.uniform1i(this.#program.uniform('dots'), 0);
    gl.bindVertexArray(this.#array);
    // A program on the processor works out each pixel of it, and mixes it: none that has no dot, and
    // what is drawn first has nothing below to mix with.
    const { left, top, right, bottom } = part.raster.box;
    const size = [Math.max(0, right - left), Math.max(0, bottom - top)] as const;
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(left, part.raster.height - bottom, ...size);
    if (name === 'below') gl.disable(gl.BLEND);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.enable(gl.BLEND);
    gl.disable(gl.SCISSOR_TEST);
    gl.bindVertexArray(null);
  }

  #upload(part: Part, pixels: Uint8Array): void {
    const gl = this.#gl;
    const { width, height } = part.raster;
    const size = `${width} x ${height}`;
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    if (part.size === size) {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      return;
    }
    const format = [gl.RGBA, gl.UNSIGNED_BYTE] as const;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, ...format, pixels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    part.size = size;
  }
}
