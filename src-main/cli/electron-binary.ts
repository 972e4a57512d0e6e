import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The path of Electron's program in the npm package `electron`, or null where it was not downloaded. */
export function electronBinary(projectFolder: string): string | null {
  const folder = join(projectFolder, 'node_modules/electron');
  try {
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}
