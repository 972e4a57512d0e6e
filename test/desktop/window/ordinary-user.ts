import { chmod, chown, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';

/** The user that owns nothing. */
const nobody = 65_534;

/** Chromium's sandbox refuses root, as whom containers run tests: the app is then run by `nobody`. */
export const runsAsRoot = process.getuid?.() === 0;

/** A program that runs this one as an ordinary user; the program itself where the tests do not run as root. */
export async function forOrdinaryUser(program: string): Promise<string> {
  if (!runsAsRoot) return program;
  const sandbox = join(dirname(program), 'chrome-sandbox');
  await chown(sandbox, 0, 0);
  await chmod(sandbox, 0o4755);
  const script = join(dirname(program), 'negatoscope-as-nobody');
  const become = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;
  await writeFile(script, `#!/bin/sh\nexec ${become} "${program}" "$@"\n`, { mode: 0o755 });
  return script;
}

/** Gives a folder, with what is in it, to the user who runs the app. */
export function giveToOrdinaryUser(folder: string): void {
  if (!runsAsRoot) return;
  const { status, stderr } = spawnSync('chown', ['-R', `${nobody}:${nobody}`, folder]);
  if (status !== 0)
    throw new Error(`${folder} was not given to another user: ${stderr.toString()}`);
}
