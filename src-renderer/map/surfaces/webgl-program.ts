/** A compiled WebGL2 program with its uniforms by name. */
export interface WebglProgram {
  readonly program: WebGLProgram;
  uniform(name: string): WebGLUniformLocation | null;
}

/** Compiles and links two GLSL ES 3.00 shaders; throws with the driver's log when it cannot. */
export function createProgram(
  gl: WebGL2RenderingContext,
  vertexSource: string,
  fragmentSource: string,
): WebglProgram {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertexSource));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, fragmentSource));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map's shaders do not link: ${gl.getProgramInfoLog(program) ?? ''}`);
  }
  const locations = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
    uniform(name) {
      if (!locations.has(name)) locations.set(name, gl.getUniformLocation(program, name));
      return locations.get(name) ?? null;
    },
  };
}

function compile(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (!shader) throw new Error('The graphics card lost its context while the map was starting.');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map's shaders do not compile: ${gl.getShaderInfoLog(shader) ?? ''}`);
  }
  return shader;
}

/** One float attribute: where it goes, how many floats, and where it lies in its buffer (bytes). */
interface AttributeLayout {
  readonly location: number;
  readonly size: number;
  readonly offset: number;
}

/** Binds float attributes of the currently bound buffer; `divisor` 1 steps once per instance. */
export function bindFloats(
  gl: WebGL2RenderingContext,
  layout: readonly AttributeLayout[],
  stride: number,
  divisor: 0 | 1,
): void {
  for (const { location, size, offset } of layout) {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, stride, offset);
    gl.vertexAttribDivisor(location, divisor);
  }
}

/** GLSL that turns data into CSS pixels and those into clip space; every layer shares it. */
export const cameraGlsl = /* glsl */ `
uniform vec3 camera;
uniform vec2 viewport;
uniform float pixelRatio;
vec2 screenOf(vec2 point) {
  return viewport * 0.5 + (point - camera.xy) * vec2(camera.z, -camera.z);
}
vec4 clipOf(vec2 screen) {
  return vec4(screen / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}`;
