import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A software Vulkan that the test browser brings, built for 64-bit Intel Linux. */
const archive = join(
  import.meta.dirname,
  '../../../node_modules/@sparticuz/chromium/bin/swiftshader.tar.br',
);

export const hasSoftwareVulkan =
  process.platform === 'linux' && process.arch === 'x64' && existsSync(archive);

/** Unpacks the driver into a folder; returns the environment of processes that use it. */
export function softwareVulkan(folder: string): NodeJS.ProcessEnv {
  writeFileSync(join(folder, 'vulkan.tar'), brotliDecompressSync(readFileSync(archive)));
  execFileSync('tar', ['-xf', 'vulkan.tar'], { cwd: folder });
  const driver = join(folder, 'vk_swiftshader_icd.json');
  return { ...process.env, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: folder };
}
