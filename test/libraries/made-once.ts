import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject, vi } from 'vitest';

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
    await vi.waitUntil(() => existsSync(done) || existsSync(failure), { timeout: 120_000 });
    if (existsSync(done)) return folder;
    throw new Error(await readFile(failure, 'utf8'), { cause: error });
  }
  try {
    await make(folder);
    await writeFile(done, '');
  } catch (error) {
    await writeFile(failure, `“${name}” could not be made: ${String(error)}`);
    throw error;
  }
  return folder;
}
