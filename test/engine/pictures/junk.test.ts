import { describe, expect, test } from 'vitest';
import { scanInput } from '../../../src-main/contract/library.ts';
import { junkKind } from '../../../src-main/engine/pictures/junk.ts';
import { listFolders } from '../../../src-main/engine/store/folders.ts';
import { junkOfFolder } from '../../../src-main/engine/store/folder-junk.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { noise, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

async function folderWithJunk(): Promise<string> {
  const folder = temporaryFolder();
  let seed = 1;
  const picture = () => noise(12, 12, seed++).png().toBuffer();
  writeFiles(folder, {
    'cat/a.png': await picture(),
    'dog/b.png': await picture(),
    'cat/@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg': await picture(),
    'cat/@eaDir/a.png/SYNOPHOTO_THUMB_S.jpg': await picture(),
    '.thumbnails/normal/1.png': await picture(),
    '__MACOSX/cat/._a.png': 'resource fork',
    'cat/._a.png': 'resource fork',
    'dog/Thumbs.db': 'thumbnails',
    '.Trash-1000/files/old.png': await picture(),
    '.git/logo.png': await picture(),
    '.hidden/secret.png': await picture(),
    'dog/.draft.png': await picture(),
    '$RECYCLE.BIN/S-1-5/$R1.png': await picture(),
    '.ipynb_checkpoints/plot.png': await picture(),
    'dog/desktop.ini': '[x]',
    '.DS_Store': 'x',
  });
  return folder;
}

const leftOut = {
  '@eaDir': 2,
  '.thumbnails': 1,
  __MACOSX: 1,
  '._*': 1,
  'Thumbs.db': 1,
  '.Trash': 1,
  '.git': 1,
  'hidden folders': 1,
  'hidden files': 1,
  '$RECYCLE.BIN': 1,
  '.ipynb_checkpoints': 1,
  'desktop.ini': 1,
  '.DS_Store': 1,
};

describe('files of other programs', () => {
  test('are left out and counted by what they are', async () => {
    const library = temporaryLibrary();
    const result = await scan(library, await folderWithJunk());
    expect(presentSamples(library).paths).toEqual(['cat/a.png', 'dog/b.png']);
    expect(presentSamples(library).labels).toEqual(['cat', 'dog']);
    expect(result).toMatchObject({ images: 2, skipped: [] });
    expect(result.leftOut).toEqual(leftOut);
    const [folder] = listFolders(library);
    expect(junkOfFolder(library, folder!.id)).toEqual({ takesJunk: false, leftOut });
  });

  test('can be let in, stay in at the next scan, and can be left out again', async () => {
    const library = temporaryLibrary();
    const folder = await folderWithJunk();
    const taken = await scan(library, folder, { takesJunk: true });
    expect(taken.leftOut).toEqual({});
    expect(presentSamples(library).paths).toContain('cat/@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg');
    // The two resource forks are named like pictures, and are none.
    expect(taken).toMatchObject({ images: 11 });
    expect(taken.skipped.map(({ path }) => path)).toEqual(['__MACOSX/cat/._a.png', 'cat/._a.png']);
    expect(await scan(library, folder)).toMatchObject({ images: 11, leftOut: {} });
    expect(await scan(library, folder, { takesJunk: false })).toMatchObject({ images: 2, leftOut });
  });

  test('of a folder that holds nothing else are named in the refusal', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { '.hidden/a.png': await noise(12, 12, 1).png().toBuffer() });
    await expect(scan(temporaryLibrary(), folder)).rejects.toMatchObject({
      code: 'bad-picture-folder',
      message: expect.stringContaining('left out (hidden folders 1)') as string,
    });
  });

  test('a folder whose own name is hidden can be scanned', async () => {
    const folder = `${temporaryFolder()}/.pictures`;
    writeFiles(folder, { 'a.png': await noise(12, 12, 1).png().toBuffer() });
    expect(await scan(temporaryLibrary(), folder)).toMatchObject({ images: 1, leftOut: {} });
  });

  test('a scan asks for them only where its input says so', () => {
    expect(scanInput.parse({ folder: '/a' }).takesJunk).toBeUndefined();
  });
});

test.each([
  ['@eaDir', true, '@eaDir'],
  ['@EADIR', true, '@eaDir'],
  ['#recycle', true, '@Recycle'],
  ['System Volume Information', true, 'System Volume Information'],
  ['.Trashes', true, '.Trash'],
  ['.comments', true, 'hidden folders'],
  ['.cache', true, 'hidden folders'],
  ['ehthumbs.db', false, 'Thumbs.db'],
  ['Desktop.ini', false, 'desktop.ini'],
  ['trash', true, null],
  ['git', true, null],
  ['thumbnails', true, null],
  ['_a.png', false, null],
  ['thumbs', true, null],
])('%s is %s', (name, isFolder, kind) => {
  expect(junkKind(name, isFolder)).toBe(kind);
});
