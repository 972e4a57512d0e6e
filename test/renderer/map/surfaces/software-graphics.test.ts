import { expect, it } from 'vitest';
import { isSoftwareGraphics } from '../../../../src-renderer/map/surfaces/software-graphics.ts';

const rendererName = 7937;
const unmaskedName = 37446;

/** A context whose driver gives these names; without the second it keeps the extension to itself. */
function contextNamed(masked: string, unmasked?: string): WebGL2RenderingContext {
  const extension = unmasked === undefined ? null : { UNMASKED_RENDERER_WEBGL: unmaskedName };
  return {
    RENDERER: rendererName,
    getExtension: () => extension,
    getParameter: (name: number) => (name === unmaskedName ? unmasked : masked),
  } as unknown as WebGL2RenderingContext;
}

it.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', true],
  ['llvmpipe (LLVM 17.0.6, 256 bits)', true],
  ['Microsoft Basic Render Driver', true],
  ['ANGLE (NVIDIA, NVIDIA GeForce RTX 4090 Direct3D11 vs_5_0 ps_5_0, D3D11)', false],
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', false],
])('knows who draws by the name %s', (name, isSoftware) => {
  expect(isSoftwareGraphics(contextNamed('WebKit WebGL', name))).toBe(isSoftware);
  expect(isSoftwareGraphics(contextNamed(name))).toBe(isSoftware);
});
