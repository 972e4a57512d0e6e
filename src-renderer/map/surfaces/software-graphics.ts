/**
 * Names that drivers give themselves where a program on the processor does the graphics card's
 * work.
 */
const softwareNames = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/** Whether a context is drawn without a graphics card. */
export function isSoftwareGraphics(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return softwareNames.test(String(name));
}
