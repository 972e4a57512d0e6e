import { contourSize } from '../scene/density-contours.ts';
import type { Frame } from '../scene/frame.ts';
import type { Scene } from '../scene/scene.ts';
import { bindFloats, createProgram, cameraGlsl, type WebglProgram } from './webgl-program.ts';

/** Opacity of the faintest and of the densest line. */
export const contourOpacity = { faint: 0.22, dense: 0.6 } as const;

const vertexSource = /* glsl */ `#version 300 es
precision highp float;
layout(location = 0) in vec3 corner;
out float opacity;
${cameraGlsl}
void main() {
  opacity = mix(${contourOpacity.faint}, ${contourOpacity.dense}, corner.z);
  gl_Position = clipOf(screenOf(corner.xy));
}`;

const fragmentSource = /* glsl */ `#version 300 es
precision highp float;
uniform vec3 text;
in float opacity;
out vec4 pixel;
void main() {
  pixel = vec4(text, 1.0) * opacity;
}`;

/** Lines of equal density, a pixel wide; none while the points are on their way. */
export class ContourLayer {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebglProgram;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  #uploaded: Float32Array | null = null;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = createProgram(gl, vertexSource, fragmentSource);
    this.#array = gl.createVertexArray();
    this.#buffer = gl.createBuffer();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    bindFloats(gl, [{ location: 0, size: contourSize, offset: 0 }], contourSize * 4, 0);
    gl.bindVertexArray(null);
  }

  draw({ contours, text }: Scene, { camera, viewport, pixelRatio, progress }: Frame): void {
    if (contours.length === 0 || progress < 1) return;
    const gl = this.#gl;
    gl.bindVertexArray(this.#array);
    if (this.#uploaded !== contours) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
      gl.bufferData(gl.ARRAY_BUFFER, contours, gl.STATIC_DRAW);
      this.#uploaded = contours;
    }
    gl.useProgram(this.#program.program);
    gl.uniform3f(this.#program.uniform('camera'), camera.x, camera.y, camera.scale);
    gl.uniform2f(this.#program.uniform('viewport'), viewport.width, viewport.height);
    gl.uniform1f(this.#program.uniform('pixelRatio'), pixelRatio);
    gl.uniform3f(this.#program.uniform('text'), text[0], text[1], text[2]);
    gl.drawArrays(gl.LINES, 0, contours.length / contourSize);
    gl.bindVertexArray(null);
  }
}
