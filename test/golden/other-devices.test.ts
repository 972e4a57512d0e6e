import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { deviceNames, listDevices } from '../../src-main/engine/devices/choose-device.ts';
import { hasSoftwareVulkan, softwareVulkan } from '../engine/graph/software-vulkan.ts';

const script = join(import.meta.dirname, 'on-device.ts');

async function problemsOn(device: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const line = [script, device];
  const { stdout } = await promisify(execFile)(process.execPath, line, { env });
  return JSON.parse(stdout) as string[];
}

it.skipIf(!hasSoftwareVulkan)(
  'WebGPU gives the golden values (needs 64-bit Intel Linux)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'negatoscope-golden-'));
    try {
      expect(await problemsOn('webgpu', softwareVulkan(folder))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  600_000,
);

it('every device of this machine gives the golden values', async () => {
  const here = (await listDevices()).filter(({ available }) => available);
  expect(here.map(({ name }) => name)).toContain('cpu');
  for (const { name } of here.filter(({ name }) => name !== 'cpu' && deviceNames.includes(name))) {
    expect(await problemsOn(name, process.env), name).toEqual([]);
  }
}, 600_000);
