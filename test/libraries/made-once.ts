import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject, vi } from 'vitest';

/** Shorter than a hook may take, so that it is told what was waited for. */
const patienceMs = 110_000;

/**
 * A folder that is made once in a test run, by the test file that asks for it first; the others wait
 * for it. Nobody may change it: copy what is in it.
 * @param make fills the folder, which is there
 */
export async function madeOnce(
  name: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(inject('madeOnceFolder'), name);
  const [done, failure] = [`${folder}.done`, `${folder}.failure`];
  if (existsSync(done)) return folder;
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await vi
      .waitUntil(() => existsSync(done) || existsSync(failure), { timeout: patienceMs })
      .catch(() => {
        throw new Error(`The test file that began to make “${name}” never told how that ended.`);
      });
    if (existsSync(done)) return folder;
    // eslint-disable-next-line preserve-caught-error -- That the folder was there is not the reason.
    throw new Error(await readFile(failure, 'utf8'));
  }
  try {
    await make(folder);
    await writeFile(done, '');
  } catch (error) {
    // Renamed, so that nobody finds it before the reason is in it.
    await writeFile(`${failure}.part`, `“${name}” could not be made: ${String(error)}`);
    await rename(`${failure}.part`, failure);
    throw error;
  }
  return folder;
}
