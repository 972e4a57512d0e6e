import { paletteBytes } from '../scene/colours.ts';
import { dotRadius, dotShape } from '../scene/dot-size.ts';
import type { Frame } from '../scene/frame.ts';
import { dotOpacity } from './dot-stamps.ts';
import { markSize, type PointDrawing, type PointPart, type Scene } from '../scene/scene.ts';
import { createProgram, cameraGlsl, type WebglProgram } from './webgl-program.ts';

/** Growth and rim of a kind of dot as a GLSL vector. */
const sizeOf = (kind: keyof typeof dotShape): string =>
  `vec2(${dotShape[kind].growth}, ${dotShape[kind].rim})`;

const vertexSource = /* glsl */ `#version 300 es
precision highp float;
layout(location = 0) in vec4 position;
layout(location = 1) in uvec4 marks;
uniform sampler2D palette;
uniform float progress;
uniform float dotSize;
uniform vec3 text;
uniform vec3 page;
flat out vec4 colour;
flat out vec4 outline;
flat out vec2 radii;
flat out float diamond;
${cameraGlsl}
void main() {
  vec3 hue = texelFetch(palette, ivec2(int(marks.x), 0), 0).rgb;
  float grey = dot(hue, vec3(0.299, 0.587, 0.114));
  bool isSelected = marks.z == 1u;
  diamond = float(marks.w);
  bool isStrong = marks.y == 2u;
  bool isDim = marks.y == 0u && !isSelected;
  colour = isDim ? vec4(mix(hue, vec3(grey), 0.5), ${dotOpacity.dim})
    : vec4(hue, isStrong && !isSelected ? float(${dotOpacity.strong}) : ${dotOpacity.normal});
  outline = isSelected ? vec4(text, 1.0) : vec4(page, isStrong ? ${dotOpacity.strongRim} : 0.0);
  vec2 size = isSelected ? ${sizeOf('selected')}
    : isStrong ? ${sizeOf('strong')}
    : isDim ? ${sizeOf('dim')} : ${sizeOf('normal')};
  radii = vec2(dotSize * size.x, dotSize * size.x + size.y) * pixelRatio;
  gl_Position = clipOf(screenOf(mix(position.zw, position.xy, progress)));
  gl_PointSize = 2.0 * radii.y + 1.0;
}`;

const fragmentSource = /* glsl */ `#version 300 es
precision highp float;
flat in vec4 colour;
flat in vec4 outline;
flat in vec2 radii;
flat in float diamond;
out vec4 pixel;
void main() {
  vec2 beside = (gl_PointCoord - 0.5) * (2.0 * radii.y + 1.0);
  float away = mix(length(beside), abs(beside.x) + abs(beside.y), diamond);
  float outer = clamp(radii.y - away + 0.5, 0.0, 1.0);
  if (outer <= 0.0) discard;
  float inner = clamp(radii.x - away + 0.5, 0.0, 1.0);
  vec4 rim = vec4(outline.rgb, 1.0) * outline.a * outer;
  vec4 dot = vec4(colour.rgb, 1.0) * colour.a * inner;
  pixel = dot + rim * (1.0 - inner);
}`;

/** Smooth dots by `gl.POINTS`, round or diamonds; dimmed ones are greyed, strong ones larger and on top. */
export class PointLayer implements PointDrawing {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebglProgram;
  readonly #array: WebGLVertexArrayObject;
  readonly #positions: WebGLBuffer;
  readonly #marks: WebGLBuffer;
  readonly #order: WebGLBuffer;
  readonly #palette: WebGLTexture;
  #uploaded: Partial<Pick<Scene, 'points' | 'marks' | 'order' | 'palette'>> = {};

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = createProgram(gl, vertexSource, fragmentSource);
    this.#array = gl.createVertexArray();
    this.#positions = gl.createBuffer();
    this.#marks = gl.createBuffer();
    this.#order = gl.createBuffer();
    this.#palette = gl.createTexture();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#positions);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#marks);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, markSize, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#order);
    gl.bindVertexArray(null);
  }

  draw(scene: Scene, frame: Frame, part: PointPart): void {
    const gl = this.#gl;
    gl.bindVertexArray(this.#array);
    this.#upload(scene);
    gl.useProgram(this.#program.program);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#palette);
    const { camera, viewport } = frame;
    const count = scene.points.ids.length;
    gl.uniform3f(this.#program.uniform('camera'), camera.x, camera.y, camera.scale);
    gl.uniform2f(this.#program.uniform('viewport'), viewport.width, viewport.height);
    gl.uniform1f(this.#program.uniform('pixelRatio'), frame.pixelRatio);
    gl.uniform1f(this.#program.uniform('progress'), frame.progress);
    gl.uniform1f(this.#program.uniform('dotSize'), dotRadius(count, frame.zoom));
    gl.uniform1i(this.#program.uniform('palette'), 0);
    gl.uniform3f(this.#program.uniform('text'), scene.text[0], scene.text[1], scene.text[2]);
    gl.uniform3f(this.#program.uniform('page'), scene.page[0], scene.page[1], scene.page[2]);
    const [from, to] = part === 'below' ? [0, scene.strongFrom] : [scene.strongFrom, count];
    if (to > from) gl.drawElements(gl.POINTS, to - from, gl.UNSIGNED_INT, from * 4);
    gl.bindVertexArray(null);
  }

  #upload(scene: Scene): void {
    const gl = this.#gl;
    const { points, marks, order, palette } = scene;
    if (this.#uploaded.points !== points) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#positions);
      gl.bufferData(gl.ARRAY_BUFFER, points.positions, gl.STATIC_DRAW);
    }
    if (this.#uploaded.marks !== marks) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#marks);
      gl.bufferData(gl.ARRAY_BUFFER, marks, gl.DYNAMIC_DRAW);
    }
    if (this.#uploaded.order !== order) {
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, order, gl.DYNAMIC_DRAW);
    }
    if (this.#uploaded.palette !== palette) this.#uploadPalette(palette);
    this.#uploaded = { points, marks, order, palette };
  }

  #uploadPalette(palette: readonly string[]): void {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, this.#palette);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    const bytes = paletteBytes(palette);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }
}
