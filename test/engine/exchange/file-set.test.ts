import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileSet } from '../../../src-main/engine/exchange/destination/file-set.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'negatoscope-files-'));
  file = join(folder, 'one.csv');
  await writeFile(file, 'what was there');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the files of one export', () => {
  it('leave what they replace whole until all are complete', async () => {
    await withFileSet({ overwrite: true, file }, async (set) => {
      await (await set.create(file)).text('the new one');
      await (await set.create(join(folder, 'two.csv'))).text('a second');
      expect(await readFile(file, 'utf8')).toBe('what was there');
    });
    expect(await readFile(file, 'utf8')).toBe('the new one');
    expect((await readdir(folder)).sort()).toEqual(['one.csv', 'two.csv']);
  });

  it('leave what they would replace as it was where the work fails at the end', async () => {
    const failing = withFileSet({ overwrite: true, file }, async (set) => {
      await (await set.create(file)).text('half of the ne');
      throw new Error('The light went out.');
    });
    await expect(failing).rejects.toThrow('The light went out.');
    expect(await readFile(file, 'utf8')).toBe('what was there');
    expect(await readdir(folder)).toEqual(['one.csv']);
  });

  it('are not begun over a folder, nor twice under one name', async () => {
    const taken = join(folder, 'taken');
    await mkdir(taken);
    const over = withFileSet({ overwrite: true, file: taken }, async (set) => {
      await set.create(file);
      await set.create(taken);
    });
    await expect(over).rejects.toMatchObject({
      message: `"${taken}" was not written: there is a folder of this name.`,
    });
    const twice = withFileSet({ overwrite: true, file }, async (set) => {
      await set.create(file);
      await set.create(file);
    });
    await expect(twice).rejects.toMatchObject({
      message: `"${file}" is named for two files of one export: give each its own name.`,
    });
    expect(await readFile(file, 'utf8')).toBe('what was there');
    expect((await readdir(folder)).sort()).toEqual(['one.csv', 'taken']);
  });

  it.skipIf(process.platform === 'win32')('take over the rights of what they replace', async () => {
    await chmod(file, 0o600);
    await withFileSet({ overwrite: true, file }, async (set) => {
      await (await set.create(file)).text('the new one');
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
