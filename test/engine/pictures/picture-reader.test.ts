import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PictureReader } from '../../../src-main/engine/pictures/picture-reader.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { writeFiles } from './made-pictures.ts';

/** A disk that takes `msPerFile` for each file, by the reader's clock. */
function readerOf(disk: { msPerFile: number }): PictureReader {
  let [asked, time] = [0, 0];
  return new PictureReader(() => (time += asked++ % 2 === 1 ? disk.msPerFile : 0));
}

describe('files of pictures', () => {
  test('of a slow disk are read several at once, and of a fast one blocking', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.jpg': 'a' });
    const disk = { msPerFile: 0.2 };
    const reader = readerOf(disk);
    const readTen = async (): Promise<boolean> => {
      for (let file = 0; file < 10; file++) await reader.read(join(folder, 'a.jpg'));
      return reader.isBlocking;
    };
    expect(await readTen()).toBe(true);
    disk.msPerFile = 5;
    expect(await readTen()).toBe(false);
    disk.msPerFile = 0.2;
    await readTen();
    await readTen();
    expect(await readTen()).toBe(true);
  });

  test.each([0, 50])('are the same, and fail alike, at %d ms a file', async (msPerFile) => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.jpg': 'some bytes' });
    mkdirSync(join(folder, 'folder.jpg'));
    const reader = readerOf({ msPerFile });
    await reader.read(join(folder, 'a.jpg'));
    expect(reader.isBlocking).toBe(msPerFile === 0);
    const { bytes, hash } = await reader.read(join(folder, 'a.jpg'));
    expect(bytes.toString()).toBe('some bytes');
    expect(hash).toBe(createHash('sha256').update('some bytes').digest('hex'));
    await expect(reader.read(join(folder, 'none.jpg'))).rejects.toMatchObject({
      code: 'vanished',
      message: 'Was gone when it was to be read.',
    });
    await expect(reader.read(join(folder, 'folder.jpg'))).rejects.toMatchObject({
      code: 'unreadable',
      message: 'Could not be read (EISDIR).',
    });
  });
});
