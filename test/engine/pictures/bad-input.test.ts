import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import type { FolderScan } from '../../../src-main/engine/pictures/scan-folder.ts';
import { listFolders } from '../../../src-main/engine/store/folders.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { listSkips } from '../../../src-main/engine/store/skips.ts';
import { readThumbnail } from '../../../src-main/engine/store/thumbnails.ts';
import { decodeError } from '../../../src-main/engine/pictures/open-picture.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { bmp24, halves, noise, whitePng, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

async function refusalOf(folder: string): Promise<string> {
  const library = temporaryLibrary();
  const error: unknown = await scan(library, folder).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EngineError);
  const { code, message } = error as EngineError;
  expect(code).toBe('bad-picture-folder');
  return message;
}

/** Scans in a process of a user without rights, wherever the test itself runs as root. */
async function scanAsNobody(folder: string): Promise<FolderScan & EngineError> {
  const libraryFolder = temporaryFolder();
  chmodSync(libraryFolder, 0o777);
  const script = join(import.meta.dirname, 'scan-process.ts');
  const options = [
    '--no-warnings',
    script,
    join(libraryFolder, 'l.sqlite'),
    folder,
    '-1',
    'nobody',
  ];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  return JSON.parse(output.toString()) as FolderScan & EngineError;
}

describe('a folder that cannot be scanned', () => {
  test('missing', async () => {
    const folder = join(temporaryFolder(), 'no such');
    expect(await refusalOf(folder)).toBe(`There is no folder ${folder}.`);
  });

  test('a file in place of a folder', async () => {
    const file = join(temporaryFolder(), 'a.png');
    writeFileSync(file, 'x');
    expect(await refusalOf(file)).toBe(
      `The folder ${file} cannot be read: is a file, not a folder.`,
    );
  });

  test('empty', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'also empty'));
    expect(await refusalOf(folder)).toBe(`The folder ${folder} is empty: it holds no pictures.`);
  });

  test('of files that are no pictures by name', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.txt': 'a', 'b.csv': 'b', LICENSE: 'c' });
    expect(await refusalOf(folder)).toContain('none of its 3 files is a JPEG, PNG');
  });

  test('of files that are pictures by name only: they are recorded all the same', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.png': 'text', 'b.jpg': '' });
    await expect(scan(library, folder)).rejects.toMatchObject({
      code: 'bad-picture-folder',
      message: expect.stringContaining('2 files skipped. a.png: Is not a picture') as string,
    });
    expect(listSkips(library).map(({ code }) => code)).toEqual(['not-a-picture', 'empty-file']);
  });

  test('emptied since the last scan: refused, and the library keeps what it knew', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.png': await noise(9, 9, 1).png().toBuffer() });
    await scan(library, folder);
    rmSync(join(folder, 'a.png'));
    await expect(scan(library, folder)).rejects.toMatchObject({ code: 'bad-picture-folder' });
    expect(presentSamples(library).ids).toHaveLength(1);
    expect(listFolders(library)).toHaveLength(1);
  });

  test.skipIf(process.platform === 'win32')('without permission to read it', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'closed/a.png': await noise(9, 9, 1).png().toBuffer() });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), 0);
    onTestFinished(() => chmodSync(join(folder, 'closed'), 0o700));
    expect(await scanAsNobody(join(folder, 'closed'))).toMatchObject({
      code: 'bad-picture-folder',
      message: `The folder ${join(folder, 'closed')} cannot be read: you have no permission to read it.`,
    });
  });
});

describe('a file that cannot be used is a recorded skip', () => {
  test.skipIf(process.platform === 'win32')('no permission for a file or sub-folder', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const picture = await noise(9, 9, 1).png().toBuffer();
    writeFiles(folder, { 'a.png': picture, 'b.png': picture, 'closed/c.png': picture });
    chmodSync(join(folder, 'b.png'), 0);
    chmodSync(join(folder, 'closed'), 0);
    onTestFinished(() => chmodSync(join(folder, 'closed'), 0o700));
    expect(await scanAsNobody(folder)).toMatchObject({
      images: 1,
      skipped: [
        { path: 'b.png', code: 'unreadable', reason: 'You have no permission to read it.' },
        { path: 'closed', code: 'unreadable-folder' },
      ],
    });
  });

  test('truncated, of every format', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    const picture = noise(90, 60, 1);
    const whole = {
      'a.jpg': await picture.clone().jpeg().toBuffer(),
      'b.png': await picture.clone().png().toBuffer(),
      'c.webp': await picture.clone().webp().toBuffer(),
      'd.gif': await picture.clone().gif().toBuffer(),
      'e.avif': await picture.clone().avif().toBuffer(),
      'f.tiff': await picture.clone().tiff().toBuffer(),
      'g.bmp': bmp24([[[1, 2, 3]], [[4, 5, 6]]]),
      'h.jpg': await picture.clone().jpeg({ progressive: true }).toBuffer(),
    };
    for (const [path, bytes] of Object.entries(whole)) {
      writeFiles(folder, { [path]: bytes.subarray(0, Math.floor(bytes.length * 0.8)) });
    }
    writeFiles(folder, { 'whole.png': whole['b.png'] });
    const result = await scan(library, folder);
    expect(result.images).toBe(1);
    expect(result.skipped.map(({ path, code }) => [path, code])).toEqual(
      Object.keys(whole).map((path) => [path, 'damaged']),
    );
    // libvips keeps one message for all threads, so a decoder may find its own taken.
    for (const { reason } of result.skipped) {
      expect(reason).toMatch(/^Is damaged or cut short( \(.+\))?\.$/);
      expect(reason).not.toContain('Unknown error');
    }
    const again = await scan(library, folder);
    expect(again).toMatchObject({ filesRead: 0, skipped: result.skipped });
  });

  test('the decoder’s own words are shown, and left out where it has none', () => {
    const reason = (message: string): string => decodeError(new Error(message)).message;
    expect(reason('Input buffer\nVipsJpeg: premature end of JPEG image')).toMatch(
      /^Is damaged or cut short \(.*premature end/,
    );
    expect(reason('Unknown error')).toBe('Is damaged or cut short.');
  });

  test('zero bytes, text, and formats that are known but not read', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, {
      'good.png': await noise(9, 9, 1).png().toBuffer(),
      'empty.jpg': '',
      'text.png': 'This is a text.',
      'drawing.svg': '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>',
      'phone.heic': Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
      'camera.CR2': Buffer.from('II*\0\x10\0\0\0CR', 'latin1'),
      'icon.ico': Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]),
    });
    const { skipped, images } = await scan(library, folder);
    expect(images).toBe(1);
    expect(skipped.map(({ path, code }) => [path, code])).toEqual([
      ['camera.CR2', 'unsupported-format'],
      ['drawing.svg', 'unsupported-format'],
      ['empty.jpg', 'empty-file'],
      ['icon.ico', 'unsupported-format'],
      ['phone.heic', 'unsupported-format'],
      ['text.png', 'not-a-picture'],
    ]);
    expect(skipped[4]?.reason).toBe(
      'Is a HEIC file, which Negatoscope does not read; save it as JPEG or PNG to use it.',
    );
  });

  test('vanishes during the scan', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    for (let index = 0; index < 40; index++) {
      writeFiles(folder, { [`${index}.png`]: await noise(60, 60, index).png().toBuffer() });
    }
    const result = await scan(library, folder, {
      onProgress: ({ done }) => {
        if (done === 1) rmSync(join(folder, '39.png'));
      },
    });
    expect(result).toMatchObject({ images: 39, skipped: [{ path: '39.png', code: 'vanished' }] });
    expect((await scan(library, folder)).skipped).toEqual([]);
  });

  test('is taken once it is repaired', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    const picture = await noise(40, 40, 1).png().toBuffer();
    writeFiles(folder, { 'a.png': picture.subarray(0, 900), 'b.png': picture });
    expect((await scan(library, folder)).skipped).toHaveLength(1);
    writeFiles(folder, { 'a.png': await noise(40, 40, 2).png().toBuffer() });
    expect(await scan(library, folder)).toMatchObject({ images: 2, skipped: [] });
  });

  test('replaces the picture of a file that is damaged later', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, {
      'a.png': await noise(40, 40, 1).png().toBuffer(),
      'b.png': await noise(40, 40, 2).png().toBuffer(),
    });
    await scan(library, folder);
    truncateSync(join(folder, 'a.png'), 100);
    expect(await scan(library, folder)).toMatchObject({
      images: 1,
      skipped: [{ path: 'a.png', code: 'damaged' }],
    });
  });

  test('a file larger than is read', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.png': await noise(9, 9, 1).png().toBuffer(), 'b.tiff': 'II*\0' });
    truncateSync(join(folder, 'b.tiff'), 300 * 1024 * 1024);
    expect((await scan(library, folder)).skipped).toEqual([
      { path: 'b.tiff', code: 'too-large', reason: 'Is a file of 300 MB; the limit is 256 MB.' },
    ]);
  });
});

describe('a very large picture', () => {
  test('of 20,000 x 20,000 pixels is taken, in pieces', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, { 'large.png': whitePng(20_000, 20_000) });
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
    const result = await scan(library, folder);
    clearInterval(watch);
    expect(result).toMatchObject({ images: 1, skipped: [] });
    // Held whole it would take 400 MB.
    expect(peak - before).toBeLessThan(200e6);
    const { hashes, sizes } = presentSamples(library);
    expect([...sizes]).toEqual([20_000, 20_000]);
    const [left] = await halves(readThumbnail(library, hashes[0]!)!);
    expect(Math.min(...left)).toBeGreaterThan(252);
  });

  test('is a skip when it has to be held whole or is larger still', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, {
      'interlaced.png': whitePng(12_000, 12_000, { interlaced: true }),
      'small.png': whitePng(9, 9),
      'wide.png': whitePng(30_000, 4_000),
    });
    const { skipped } = await scan(library, folder);
    expect(skipped.map(({ code }) => code)).toEqual(['too-large', 'too-large']);
    expect(skipped[0]?.reason).toMatch(/^Is 12,000 x 12,000 pixels; the limit is 100 million/);
    expect(skipped[1]?.reason).toBe('Is 30,000 x 4,000 pixels; the limit is 24,000 x 24,000.');
  });
});
