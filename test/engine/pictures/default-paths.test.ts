import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { browseFolders } from '../../../src-main/engine/pictures/browse-folders.ts';
import {
  dataFolder,
  defaultLibraryFile,
} from '../../../src-main/engine/session/default-location.ts';
import {
  recentLibraries,
  rememberLibrary,
} from '../../../src-main/engine/session/recent-libraries.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { emojiFolder, writeFiles } from './made-pictures.ts';

describe('the default library of a folder', () => {
  test('lies in the data folder, with the folder’s name and a hash of its path', () => {
    const first = defaultLibraryFile('/home/a/My pictures', '/data');
    expect(first).toMatch(/^\/data\/libraries\/My pictures-[0-9a-f]{8}\.sqlite$/);
    expect(defaultLibraryFile('/home/a/My pictures/', '/data')).toBe(first);
    expect(defaultLibraryFile('/home/b/My pictures', '/data')).not.toBe(first);
    expect(defaultLibraryFile('/', '/data')).toMatch(/libraries\/pictures-/);
    expect(defaultLibraryFile('/a/b:c?"d', '/data')).toMatch(/libraries\/b_c__d-/);
    expect(defaultLibraryFile(`/a/${'사'.repeat(300)}`, '/data').length).toBeLessThan(90);
  });

  test('follows NEGATOSCOPE_HOME', () => {
    expect(dataFolder({ NEGATOSCOPE_HOME: '/somewhere' })).toBe('/somewhere');
    expect(dataFolder({})).toMatch(/negatoscope/i);
    expect(dataFolder({ NEGATOSCOPE_HOME: '' })).toBe(dataFolder({}));
  });
});

describe('recent libraries', () => {
  test('are remembered newest first, each once, twenty at most', () => {
    const folder = join(temporaryFolder(), 'made when needed');
    expect(recentLibraries(folder)).toEqual([]);
    for (let index = 0; index < 25; index++) {
      rememberLibrary(folder, { file: `/l/${index % 22}.sqlite`, name: `${index}` }, () => index);
    }
    const recent = recentLibraries(folder);
    expect(recent).toHaveLength(20);
    expect(recent.slice(0, 4).map(({ name }) => name)).toEqual(['24', '23', '22', '21']);
    expect(recent[0]).toEqual({ file: '/l/2.sqlite', name: '24', openedAt: 24 });
    expect(readdirSync(folder)).toEqual(['recent-libraries.json']);
  });

  test('start anew from a damaged list', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'recent-libraries.json'), '{"half": ');
    expect(recentLibraries(folder)).toEqual([]);
    rememberLibrary(folder, { file: '/a', name: 'a' }, () => 1);
    expect(recentLibraries(folder)).toHaveLength(1);
  });
});

describe('browsing folders', () => {
  test('lists sub-folders in natural order and counts pictures directly inside', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'net.onnx': '',
      'library.sqlite': '',
      'library.sqlite-wal': '',
      'a.png': '',
      'b.JPG': '',
      'c.txt': '',
      '.d.png': '',
      'sub10/e.png': '',
    });
    mkdirSync(join(folder, 'sub9'));
    mkdirSync(join(folder, '.hidden'));
    const listing = await browseFolders(folder);
    expect(listing).toEqual({
      path: folder,
      parent: join(folder, '..'),
      folders: ['sub9', 'sub10'].map((name) => ({ name, path: join(folder, name) })),
      pictureCount: 2,
      models: [{ name: 'net.onnx', path: join(folder, 'net.onnx') }],
      libraries: [{ name: 'library.sqlite', path: join(folder, 'library.sqlite') }],
    });
    expect((await browseFolders(emojiFolder)).folders).toHaveLength(8);
  });

  test('starts at home, and ends at the root', async () => {
    expect(existsSync((await browseFolders()).path)).toBe(true);
    expect((await browseFolders('/')).parent).toBeNull();
  });

  test('says what is wrong with a folder', async () => {
    const folder = temporaryFolder();
    await expect(browseFolders(join(folder, 'no'))).rejects.toMatchObject({ code: 'not-found' });
    writeFileSync(join(folder, 'file'), '');
    await expect(browseFolders(join(folder, 'file'))).rejects.toMatchObject({ code: 'not-found' });
  });

  test.skipIf(process.getuid?.() === 0)('says that one may not be opened', async () => {
    const closed = join(temporaryFolder(), 'closed');
    mkdirSync(closed, { mode: 0 });
    onTestFinished(() => chmodSync(closed, 0o700));
    await expect(browseFolders(closed)).rejects.toMatchObject({ code: 'bad-picture-folder' });
  });
});
