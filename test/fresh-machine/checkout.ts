import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { user } from './debian-root.ts';
import type { DebianRoot } from './debian-root.ts';

const projectFolder = join(import.meta.dirname, '../..');
const home = `/home/${user}`;

/** Where the project lies on the machine, as a path there. */
export const checkoutFolder = `${home}/a path with a space/negatoscope`;

/** Puts there what git would, with what was changed here and not committed yet, and nothing of before. */
export async function checkOut(root: DebianRoot, log: string): Promise<void> {
  const inside = join(root.folder, checkoutFolder);
  const homeInside = join(root.folder, home);
  // What npm has downloaded stays: another npm on the same machine needs the same.
  for (const entry of readdirSync(homeInside).filter((name) => name !== '.npm')) {
    rmSync(join(homeInside, entry), { recursive: true });
  }
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: projectFolder, encoding: 'utf8' }).split('\0');
  for (const file of files) {
    const from = join(projectFolder, file);
    if (file !== '' && existsSync(from)) cpSync(from, join(inside, file));
  }
  await root.asRoot(`chown -R ${user}: ${home}`, { log });
}
