import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject } from 'vitest';

/**
 * A folder that is made once in a test run, by the test file that asks for it first; the others wait
 * for it. Nobody may change it: copy what is in it.
 * @param make fills the folder that it is given; the folder has another path afterwards
 */
export async function madeOnce(
  name: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string> {
  const done = join(inject('madeOnceFolder'), name);
  const [unfinished, failure] = [`${done}.unfinished`, `${done}.failure`];
  if (existsSync(done)) return done;
  try {
    await mkdir(unfinished);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await expect
      .poll(() => existsSync(done) || existsSync(failure), { timeout: 120_000 })
      .toBe(true);
    if (existsSync(failure)) throw new Error(await readFile(failure, 'utf8'), { cause: error });
    return done;
  }
  try {
    await make(unfinished);
    await rename(unfinished, done);
  } catch (error) {
    await writeFile(failure, `“${name}” could not be made: ${String(error)}`);
    throw error;
  }
  return done;
}
