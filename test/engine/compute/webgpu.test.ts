import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { probeDevice } from '../../../src-main/engine/compute/probe-device.ts';

const root = join(import.meta.dirname, '../../..');
/** A software Vulkan that the test browser brings, built for 64-bit Intel Linux. */
const archive = join(root, 'node_modules/@sparticuz/chromium/bin/swiftshader.tar.br');
const isHere = process.platform === 'linux' && process.arch === 'x64' && existsSync(archive);
let folder = '';

beforeAll(() => {
  if (!isHere) return;
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-vulkan-'));
  writeFileSync(join(folder, 'vulkan.tar'), brotliDecompressSync(readFileSync(archive)));
  execFileSync('tar', ['-xf', 'vulkan.tar'], { cwd: folder });
});

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});

it.skipIf(!isHere)('WebGPU trains as the processor does (needs 64-bit Intel Linux)', async () => {
  const result = await probeDevice('webgpu', {
    ...process.env,
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: folder,
  });
  expect(result).toMatchObject({ selfTest: { passed: true } });
});
