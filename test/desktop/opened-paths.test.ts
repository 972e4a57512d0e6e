import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openedPath, pathOfArguments } from '../../src-main/desktop/opened-paths.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'negatoscope-opened-'));
  await mkdir(join(folder, 'my cats & dögs'));
  await writeFile(join(folder, 'a.sqlite'), '');
  await writeFile(join(folder, 'a.jpg'), '');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ['a relative path', () => 'my cats & dögs'],
  ['a relative path with dots', () => './x/../my cats & dögs/'],
  ['an absolute path', () => join(folder, 'my cats & dögs')],
  ['a file address', () => pathToFileURL(join(folder, 'my cats & dögs')).href],
])('opens a folder by %s', (_how, path) => {
  expect(openedPath(path(), folder)).toEqual({
    kind: 'folder',
    folder: join(folder, 'my cats & dögs'),
  });
});

it('opens a library by its file', () => {
  const file = join(folder, 'a.sqlite');
  expect(openedPath('a.sqlite', folder)).toEqual({ kind: 'library', file });
});

it.each([
  ['gone', /gone is not there/],
  ['a.jpg', /a\.jpg is neither a folder of pictures nor a library/],
  ['file://elsewhere/x', /is not the address of a file on this computer|is not there/],
  ['file:///a%2Fb', /is not the address of a file on this computer/],
])('tells what is wrong with %s', (path, sentence) => {
  expect(openedPath(path, folder)).toEqual({
    kind: 'problem',
    sentence: expect.stringMatching(sentence) as string,
  });
});

it('takes the path among the arguments, whatever Chromium’s own are', () => {
  const args = ['--no-sandbox', '--inspect=0', 'a.sqlite', '--enable-features=X'];
  expect(pathOfArguments(args, folder)).toMatchObject({ kind: 'library' });
  expect(pathOfArguments(['--inspect=0', ''], folder)).toBeNull();
});
