import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Runs the download that the package `electron` puts off until first use. */
export async function fetchElectron(
  projectFolder: string,
  say: (sentence: string) => void,
): Promise<void> {
  const installer = join(projectFolder, 'node_modules/electron/install.js');
  if (!existsSync(installer)) return;
  say("Fetching Electron, the desktop app's frame (about 110 MB, once).");
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      timeout: downloadTimeoutMs,
    });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
}
