import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KnownEncoder } from '../../../src-main/contract/loaded-encoders.ts';
import { probeDevice } from '../../../src-main/engine/devices/probe-device.ts';
import { convModel } from '../encoders/loaded/test-models.ts';
import { writeOnnx } from '../encoders/loaded/write-onnx.ts';
import { hasSoftwareVulkan, softwareVulkan } from './software-vulkan.ts';

const root = join(import.meta.dirname, '../../..');
let folder = '';
let withVulkan: NodeJS.ProcessEnv = {};

beforeAll(() => {
  if (!hasSoftwareVulkan) return;
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-vulkan-'));
  withVulkan = softwareVulkan(folder);
});

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});

it.skipIf(!hasSoftwareVulkan)(
  'WebGPU trains as the processor does (needs 64-bit Intel Linux)',
  async () => {
    const result = await probeDevice('webgpu', withVulkan);
    expect(result).toMatchObject({ selfTest: { passed: true } });
  },
);

it.skipIf(!hasSoftwareVulkan)('a loaded encoder runs on the fastest device that agrees', () => {
  const model = writeOnnx(join(folder, 'little.onnx'), convModel);
  const line = [join(root, 'src-main/cli/negatoscope.cjs'), '--library', join(folder, 'l.sqlite')];
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [...line, ...args, '--json'], {
      env: { ...withVulkan, NEGATOSCOPE_HOME: folder },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  run('scan', join(root, 'test/fixtures/emoji'));
  run('embed', '--encoder', model);
  const [encoder] = JSON.parse(run('encoders')) as KnownEncoder[];
  // Shaders that the processor imitates are slower than the processor itself.
  expect(encoder?.selfTest).toMatchObject({
    device: 'cpu',
    deviceReason: 'The fastest of the processor, webgpu that agrees with the processor.',
  });
});
