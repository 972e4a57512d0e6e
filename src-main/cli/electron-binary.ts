import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const probeTimeoutMs = 3000;
const downloadTimeoutMs = 180_000;

/** Electron's program in the npm package `electron`, or null when it was not downloaded. */
export function electronBinary(projectFolder: string): string | null {
  const folder = join(projectFolder, 'node_modules/electron');
  try {
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/**
 * Runs the download that the package `electron` puts off until first use, where its server answers
 * within seconds; true when the binary is there afterwards.
 */
export async function downloadElectron(
  projectFolder: string,
  say: (sentence: string) => void,
): Promise<boolean> {
  const installer = join(projectFolder, 'node_modules/electron/install.js');
  if (!existsSync(installer) || !(await canReach('https://github.com'))) return false;
  say("Downloading Electron, the desktop app's frame (about 110 MB, once).");
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      timeout: downloadTimeoutMs,
    });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  return electronBinary(projectFolder) !== null;
}

async function canReach(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(probeTimeoutMs);
    return (await fetch(url, { method: 'HEAD', signal })).ok;
  } catch {
    return false;
  }
}
