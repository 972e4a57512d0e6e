import type { Frame } from '../scene/frame.ts';
import { anchorRingRadius } from '../thumbnails/anchor-film.ts';
import { edgeSize, type Scene } from '../scene/scene.ts';
import { bindFloats, createProgram, cameraGlsl, type WebglProgram } from './webgl-program.ts';

const segments = 28;

/** How far an edge bends aside, as a share of its length. */
export const edgeBend = 0.14;
/** Opacity of an edge of strength 0 and of strength 1. */
export const edgeOpacity = { weakest: 0.16, strongest: 0.72 } as const;

const vertexSource = /* glsl */ `#version 300 es
precision highp float;
layout(location = 0) in vec4 position;
layout(location = 1) in vec4 tint;
uniform vec4 anchor;
uniform float progress;
flat out vec4 colour;
out float side;
out float away;
${cameraGlsl}
void main() {
  float along = float(gl_VertexID / 2) / ${segments}.0;
  float left = float(gl_VertexID % 2) * 2.0 - 1.0;
  vec2 from = screenOf(mix(anchor.zw, anchor.xy, progress));
  vec2 to = screenOf(mix(position.zw, position.xy, progress));
  vec2 reach = to - from;
  vec2 aside = vec2(reach.y, -reach.x) * (reach.x < 0.0 ? -1.0 : 1.0);
  vec2 middle = from + reach * 0.5 + aside * ${edgeBend};
  vec2 point = mix(mix(from, middle, along), mix(middle, to, along), along);
  vec2 heading = mix(middle - from, to - middle, along);
  vec2 normal = length(heading) > 0.0 ? normalize(vec2(-heading.y, heading.x)) : vec2(0.0);
  float halfWidth = 0.6 + tint.a * 0.35 + 1.0 / pixelRatio;
  side = left * halfWidth;
  away = length(point - from);
  colour = tint;
  gl_Position = clipOf(point + normal * side);
}`;

const fragmentSource = /* glsl */ `#version 300 es
precision highp float;
uniform float pixelRatio;
flat in vec4 colour;
in float side;
in float away;
out vec4 pixel;
void main() {
  float halfWidth = 0.6 + colour.a * 0.35;
  float coverage = clamp((halfWidth - abs(side)) * pixelRatio + 0.5, 0.0, 1.0);
  float opacity = mix(${edgeOpacity.weakest}, ${edgeOpacity.strongest}, colour.a);
  float clear = clamp(away - ${anchorRingRadius}.0, 0.0, 1.0);
  pixel = vec4(colour.rgb, 1.0) * opacity * coverage * clear;
}`;

/** Curves from the anchor's ring to its negatives, one instanced strip per edge. */
export class EdgeLayer {
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
    const layout = [
      { location: 0, size: 4, offset: 0 },
      { location: 1, size: 4, offset: 16 },
    ];
    bindFloats(gl, layout, edgeSize * 4, 1);
    gl.bindVertexArray(null);
  }

  draw(scene: Scene, frame: Frame): void {
    if (scene.anchorIndex < 0 || scene.edges.length === 0) return;
    const gl = this.#gl;
    const { camera, viewport } = frame;
    gl.bindVertexArray(this.#array);
    if (this.#uploaded !== scene.edges) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
      gl.bufferData(gl.ARRAY_BUFFER, scene.edges, gl.DYNAMIC_DRAW);
      this.#uploaded = scene.edges;
    }
    const start = scene.anchorIndex * 4;
    gl.useProgram(this.#program.program);
    gl.uniform3f(this.#program.uniform('camera'), camera.x, camera.y, camera.scale);
    gl.uniform2f(this.#program.uniform('viewport'), viewport.width, viewport.height);
    gl.uniform1f(this.#program.uniform('pixelRatio'), frame.pixelRatio);
    gl.uniform1f(this.#program.uniform('progress'), frame.progress);
    gl.uniform4fv(this.#program.uniform('anchor'), scene.points.positions, start, 4);
    const instances = scene.edges.length / edgeSize;
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 2 * (segments + 1), instances);
    gl.bindVertexArray(null);
  }
}
