import type { Frame } from '../scene/frame.ts';
import type { Sprite } from '../scene/sprite.ts';
import { atlasLayout, type ThumbnailAtlas } from '../scene/thumbnail-atlas.ts';
import { bindFloats, createProgram, cameraGlsl, type WebglProgram } from './webgl-program.ts';

/** Floats per sprite, in the order of the attributes below. */
const spriteSize = 24;

const vertexSource = /* glsl */ `#version 300 es
precision highp float;
layout(location = 0) in vec4 box;
layout(location = 1) in vec4 detail;
layout(location = 2) in vec4 borderTint;
layout(location = 3) in vec4 fillTint;
layout(location = 4) in vec4 glowTint;
layout(location = 5) in vec4 picture;
out vec2 local;
flat out vec4 shape;
flat out vec4 border;
flat out vec4 fill;
flat out vec4 glow;
flat out vec4 source;
flat out vec2 haze;
${cameraGlsl}
void main() {
  vec2 corner = vec2(float(gl_VertexID % 2), float(gl_VertexID / 2)) * 2.0 - 1.0;
  local = corner * (box.z + detail.z + 1.0);
  shape = vec4(box.z, box.w, detail.x, detail.y);
  border = borderTint;
  fill = fillTint;
  glow = glowTint;
  haze = detail.zw;
  source = picture;
  gl_Position = clipOf(box.xy + local);
}`;

const fragmentSource = /* glsl */ `#version 300 es
precision highp float;
uniform sampler2D atlas;
uniform float pixelRatio;
in vec2 local;
flat in vec4 shape;
flat in vec4 border;
flat in vec4 fill;
flat in vec4 glow;
flat in vec4 source;
flat in vec2 haze;
out vec4 pixel;
float distanceTo(float size, float corner) {
  vec2 q = abs(local) - size + corner;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}
float cover(float away) { return clamp(0.5 - away * pixelRatio, 0.0, 1.0); }
vec4 over(vec4 top, vec4 below) { return top + below * (1.0 - top.a); }
vec4 tint(vec4 colour, float coverage) { return vec4(colour.rgb, 1.0) * colour.a * coverage; }
void main() {
  float edge = distanceTo(shape.x, shape.y);
  float near = haze.x > 0.0 ? 1.0 - clamp(edge / haze.x, 0.0, 1.0) : 0.0;
  vec4 result = tint(glow, near * near * (edge > -1.0 ? 1.0 : 0.0));
  result = over(tint(fill, cover(edge)), result);
  float inset = shape.z + shape.w;
  if (source.z > 0.0) {
    float size = shape.x - inset;
    vec2 at = (local / size * 0.5 + 0.5) * source.zw;
    vec2 stepX = dFdx(at) * 0.25;
    vec2 stepY = dFdy(at) * 0.25;
    vec2 low = source.zw * 0.004;
    vec2 high = source.zw * 0.996;
    vec4 sum = vec4(0.0);
    sum += texture(atlas, source.xy + clamp(at - stepX - stepY, low, high));
    sum += texture(atlas, source.xy + clamp(at + stepX - stepY, low, high));
    sum += texture(atlas, source.xy + clamp(at - stepX + stepY, low, high));
    sum += texture(atlas, source.xy + clamp(at + stepX + stepY, low, high));
    float inside = cover(distanceTo(size, max(shape.y - inset, 1.0)));
    result = over(sum * 0.25 * inside, result);
  }
  float band = cover(edge) - cover(edge + shape.z);
  pixel = over(tint(border, band), result) * haze.y;
}`;

/** Thumbnails, the anchor's film and rings: a few dozen rounded squares, sent anew each frame. */
export class SpriteLayer {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebglProgram;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  readonly #texture: WebGLTexture;
  readonly #uploaded: ImageBitmap[] = [];

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = createProgram(gl, vertexSource, fragmentSource);
    this.#array = gl.createVertexArray();
    this.#buffer = gl.createBuffer();
    this.#texture = gl.createTexture();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    const layout = Array.from({ length: 6 }, (_, location) => ({
      location,
      size: 4,
      offset: location * 16,
    }));
    bindFloats(gl, layout, spriteSize * 4, 1);
    gl.bindVertexArray(null);
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, atlasLayout.width, atlasLayout.height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  }

  draw(sprites: readonly Sprite[], frame: Frame, atlas: ThumbnailAtlas): void {
    if (sprites.length === 0) return;
    const gl = this.#gl;
    const { camera, viewport } = frame;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    this.#upload(atlas);
    const instances = new Float32Array(sprites.length * spriteSize);
    sprites.forEach((sprite, index) => instances.set(floatsOf(sprite), index * spriteSize));
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, instances, gl.STREAM_DRAW);
    gl.useProgram(this.#program.program);
    gl.uniform3f(this.#program.uniform('camera'), camera.x, camera.y, camera.scale);
    gl.uniform2f(this.#program.uniform('viewport'), viewport.width, viewport.height);
    gl.uniform1f(this.#program.uniform('pixelRatio'), frame.pixelRatio);
    gl.uniform1i(this.#program.uniform('atlas'), 0);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, sprites.length);
    gl.bindVertexArray(null);
  }

  #upload(atlas: ThumbnailAtlas): void {
    const gl = this.#gl;
    atlas.bitmaps.forEach((bitmap, slot) => {
      if (this.#uploaded[slot] === bitmap) return;
      const { x, y } = atlasLayout.cornerOf(slot);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
      this.#uploaded[slot] = bitmap;
    });
  }
}

function floatsOf(sprite: Sprite): number[] {
  const corner = atlasLayout.cornerOf(Math.max(sprite.slot, 0));
  const side = sprite.slot < 0 ? 0 : atlasLayout.tile;
  return [
    ...[sprite.x, sprite.y, sprite.half, sprite.corner],
    ...[sprite.border, sprite.mat, sprite.glowSize, sprite.alpha],
    ...sprite.borderColour,
    ...sprite.fill,
    ...sprite.glow,
    ...[corner.x / atlasLayout.width, corner.y / atlasLayout.height],
    ...[side / atlasLayout.width, side / atlasLayout.height],
  ];
}
