import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { scanResult } from '../../../src-main/contract/library.ts';
import type { ScanProgress } from '../../../src-main/engine/pictures/scan-folder.ts';
import { walkFolder } from '../../../src-main/engine/pictures/walk-folder.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { listSkips } from '../../../src-main/engine/store/skips.ts';
import { readThumbnail } from '../../../src-main/engine/store/thumbnails.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { emojiFolder, noise, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

function copyOfEmoji(): string {
  const folder = join(temporaryFolder(), 'emoji');
  cpSync(emojiFolder, folder, { recursive: true });
  return folder;
}

describe('scanning a folder', () => {
  test('takes every picture once, with labels from sub-folders and a thumbnail', async () => {
    const library = temporaryLibrary();
    const progress: ScanProgress[] = [];
    const result = await scan(library, emojiFolder, { onProgress: (step) => progress.push(step) });
    expect(result).toMatchObject({ images: 96, files: 96, duplicates: 0, labels: 8, skipped: [] });
    expect(scanResult.parse(result)).toMatchObject({ images: 96 });
    expect(progress.map(({ done }) => done)).toEqual(progress.map((_, index) => index + 1));
    expect(progress.every(({ total }) => total === 96)).toBe(true);
    const { ids, hashes, paths, sizes } = presentSamples(library);
    expect(ids).toHaveLength(96);
    expect(sizes.every((side) => side === 48)).toBe(true);
    const thumbnail = await sharp(readThumbnail(library, hashes[5]!)!).metadata();
    expect(thumbnail).toMatchObject({ format: 'webp', width: 48, height: 48 });
    expect(new Set(paths).size).toBe(96);
  });

  test('takes the file of a small plain picture as its thumbnail, and draws all others', async () => {
    const [folder, library] = [temporaryFolder(), temporaryLibrary()];
    const files = {
      'grey.png': await noise(28, 28, 1).toColourspace('b-w').png().toBuffer(),
      'small.jpg': await noise(60, 44, 2).jpeg().toBuffer(),
      'small.png': await noise(32, 32, 3).png().toBuffer(),
      'clear.png': await noise(32, 32, 4).ensureAlpha(0.5).png().toBuffer(),
      'large.jpg': await noise(161, 40, 5).jpeg({ quality: 40 }).toBuffer(),
      'much.png': await noise(60, 60, 6).png().toBuffer(),
      'turned.jpg': await noise(60, 44, 7).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      'unended.jpg': (await noise(60, 44, 8).jpeg().toBuffer()).subarray(0, -2),
    };
    writeFiles(folder, files);
    await scan(library, folder);
    const { hashes, paths } = presentSamples(library);
    const thumbnails = new Map(
      paths.map((path, index) => [path, Buffer.from(readThumbnail(library, hashes[index]!)!)]),
    );
    const own = Object.entries(files).filter(([path, bytes]) =>
      thumbnails.get(path)?.equals(bytes),
    );
    expect(own.map(([path]) => path)).toEqual(['grey.png', 'small.jpg', 'small.png']);
    for (const path of ['clear.png', 'large.jpg', 'much.png', 'turned.jpg', 'unended.jpg']) {
      expect((await sharp(thumbnails.get(path)).metadata()).format).toBe('webp');
    }
  });

  test('numbers samples alike however many workers there are', async () => {
    const [one, three] = [temporaryLibrary(), temporaryLibrary()];
    await scan(one, emojiFolder, { workers: 1 });
    await scan(three, emojiFolder, { workers: 3 });
    expect(presentSamples(three)).toEqual(presentSamples(one));
  });

  test('takes many small files whatever stands between them', async () => {
    const folder = temporaryFolder();
    const jpeg = await noise(24, 18, 1).jpeg().toBuffer();
    const isBad = (index: number): boolean => index % 7 === 3;
    for (let index = 0; index < 150; index++) {
      // Bytes after the end of a JPEG are not looked at, but make the file another one.
      const good = Buffer.concat([jpeg, Buffer.from(`${index}`)]);
      writeFiles(folder, { [`${index}.jpg`]: isBad(index) ? jpeg.subarray(0, 40) : good });
    }
    const library = temporaryLibrary();
    const { images, skipped } = await scan(library, folder, { workers: 2 });
    const names = Array.from({ length: 150 }, (_, index) => index);
    const good = names.filter((index) => !isBad(index));
    expect(images).toBe(good.length);
    expect(presentSamples(library).paths).toEqual(good.map((index) => `${index}.jpg`));
    expect(skipped.map(({ path, code }) => [path, code]).sort()).toEqual(
      names
        .filter(isBad)
        .map((index) => [`${index}.jpg`, 'damaged'])
        .sort(),
    );
  });

  test('again reads nothing, and only labels change when they are not wanted any more', async () => {
    const library = temporaryLibrary();
    const first = await scan(library, emojiFolder);
    expect(first.filesRead).toBe(96);
    const again = await scan(library, emojiFolder);
    expect(again).toEqual({ ...first, filesRead: 0, seconds: again.seconds });
    const unlabelled = await scan(library, emojiFolder, { labels: 'none' });
    expect(unlabelled).toMatchObject({ images: 96, labels: 0, filesRead: 0 });
  });

  test('counts the same bytes in two files as one sample with two files', async () => {
    const library = temporaryLibrary();
    const folder = copyOfEmoji();
    cpSync(join(folder, 'clothing'), join(folder, 'clothing copy'), { recursive: true });
    expect(await scan(library, folder)).toMatchObject({ images: 96, files: 108, duplicates: 12 });
  });

  test('notices deleted, moved, renamed and changed files and keeps what belongs to content', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    const png = async (seed: number) => noise(20, 20, seed).png().toBuffer();
    writeFiles(folder, {
      'a/kept.png': await png(1),
      'a/moved.png': await png(2),
      'a/changed.png': await png(3),
      'a/deleted.png': await png(4),
    });
    await scan(library, folder);
    const before = presentSamples(library);
    const idOf = (path: string) => before.ids[before.paths.indexOf(path)];
    mkdirSync(join(folder, 'b'));
    renameSync(join(folder, 'a/moved.png'), join(folder, 'b/renamed.png'));
    rmSync(join(folder, 'a/deleted.png'));
    writeFileSync(join(folder, 'a/changed.png'), await png(5));
    const result = await scan(library, folder);
    expect(result).toMatchObject({ images: 3, files: 3, labels: 2, filesRead: 2 });
    const after = presentSamples(library);
    const byPath = new Map(after.paths.map((path, index) => [path, after.ids[index]]));
    expect([...byPath.keys()].sort()).toEqual(['a/changed.png', 'a/kept.png', 'b/renamed.png']);
    expect(byPath.get('a/kept.png')).toBe(idOf('a/kept.png'));
    expect(byPath.get('b/renamed.png')).toBe(idOf('a/moved.png'));
    expect(byPath.get('a/changed.png')).not.toBe(idOf('a/changed.png'));
    writeFiles(folder, { 'a/back.png': await png(4) });
    await scan(library, folder);
    const restored = presentSamples(library);
    expect(restored.ids[restored.paths.indexOf('a/back.png')]).toBe(idOf('a/deleted.png'));
  });

  test('reads a file again when only its time has changed', async () => {
    const library = temporaryLibrary();
    const folder = copyOfEmoji();
    await scan(library, folder);
    utimesSync(join(folder, 'clothing', '1f451__noto.png'), 1, 1);
    expect(await scan(library, folder)).toMatchObject({ images: 96, filesRead: 1 });
  });

  test('takes names with spaces, quotes, newlines, emoji and Korean, and brackets', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    const names = [
      '빨간 모자/사진 1.png',
      `it's "quoted"/a b.png`,
      'new\nline/x\ny.png',
      '😀/👩‍🚀.png',
      'page[n=2].png',
      '100%_{a}.PNG',
    ];
    const files = await Promise.all(names.map((_, seed) => noise(9, 9, seed).png().toBuffer()));
    writeFiles(folder, Object.fromEntries(names.map((name, index) => [name, files[index]!])));
    expect(await scan(library, folder)).toMatchObject({ images: 6, labels: 4, skipped: [] });
    expect(presentSamples(library).paths.sort()).toEqual(names.toSorted());
    expect(await scan(library, folder)).toMatchObject({ filesRead: 0 });
  });

  test('leaves out hidden files, the library itself and what is no picture by name', async () => {
    const folder = temporaryFolder();
    const picture = await noise(9, 9, 1).png().toBuffer();
    writeFiles(folder, {
      'a.png': picture,
      'no extension': await noise(9, 9, 2).png().toBuffer(),
      README: 'text',
      'notes.txt': picture,
      '.hidden.png': picture,
      '.trash/b.png': picture,
      'data.json': '{}',
    });
    const library = openLibrary(join(folder, 'library'), { mode: 'write', now: Date.now });
    onTestFinished(() => library.close());
    expect(await scan(library, folder)).toMatchObject({ files: 2, skipped: [] });
    expect(presentSamples(library).paths).toEqual(['a.png', 'no extension']);
  });

  test.skipIf(process.platform === 'win32')('follows links, but no loops', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    const outside = temporaryFolder();
    writeFiles(folder, { 'a/a.png': await noise(9, 9, 1).png().toBuffer() });
    writeFiles(outside, { 'b.png': await noise(9, 9, 2).png().toBuffer() });
    symlinkSync(folder, join(folder, 'a', 'loop'));
    symlinkSync(outside, join(folder, 'outside'));
    symlinkSync(folder, join(outside, 'back'));
    symlinkSync(join(folder, 'nowhere.png'), join(folder, 'dangling.png'));
    const result = await scan(library, folder);
    expect(presentSamples(library).paths.sort()).toEqual(['a/a.png', 'outside/b.png']);
    expect(result.skipped).toMatchObject([{ path: 'dangling.png', code: 'vanished' }]);
  });

  test('goes through a folder in the order in which people count', async () => {
    const folder = temporaryFolder();
    const names = ['p1.png', 'p2.png', 'p10.png', 'sub2/a.png', 'sub10/a.png'];
    for (const [seed, name] of names.entries()) {
      writeFiles(folder, { [name]: await noise(9, 9, seed).png().toBuffer() });
    }
    const options = { signal: new AbortController().signal, leftOut: new Set<string>() };
    const { files } = await walkFolder(folder, options);
    expect(files.map(({ path }) => path)).toEqual(names);
  });

  test('holds several folders in one library', async () => {
    const library = temporaryLibrary();
    const second = temporaryFolder();
    writeFiles(second, { 'extra/a.png': await noise(9, 9, 1).png().toBuffer() });
    await scan(library, emojiFolder);
    expect(await scan(library, second)).toMatchObject({ images: 1, labels: 1 });
    expect(presentSamples(library).ids).toHaveLength(97);
  });
});

describe('a scan that does not end', () => {
  test('keeps what it did when it is cancelled, and goes on from there', async () => {
    const library = temporaryLibrary();
    const controller = new AbortController();
    const cancelled = scan(library, emojiFolder, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 20) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const written = presentSamples(library).ids.length;
    expect(written).toBeGreaterThanOrEqual(20);
    expect(written).toBeLessThan(96);
    expect(await scan(library, emojiFolder)).toMatchObject({ images: 96, filesRead: 96 - written });
  });

  test('keeps what it did when its process is killed', async () => {
    const folder = temporaryFolder();
    const file = join(temporaryFolder(), 'l.sqlite');
    const bytes = await noise(24, 24, 1).png().toBuffer();
    for (let index = 0; index < 400; index++) {
      // Bytes after the end of a PNG are not looked at, but make the file another one.
      writeFiles(folder, { [`${index}.png`]: Buffer.concat([bytes, Buffer.from(`${index}`)]) });
    }
    const script = join(import.meta.dirname, 'scan-process.ts');
    const child = spawn(process.execPath, ['--no-warnings', script, file, folder, '300'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const library = openLibrary(file, { mode: 'write', now: Date.now });
    onTestFinished(() => library.close());
    const written = presentSamples(library).ids.length;
    expect(written).toBeGreaterThanOrEqual(256);
    expect(await scan(library, folder)).toMatchObject({ images: 400, filesRead: 400 - written });
  });

  test('stops when the disk is full, says so, and has lost nothing', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    for (let index = 0; index < 24; index++) {
      writeFiles(folder, { [`${index}.png`]: await noise(150, 150, index).png().toBuffer() });
    }
    await scan(library, emojiFolder);
    const pages = library.db.pragma('page_count', { simple: true }) as number;
    library.db.pragma(`max_page_count = ${pages + 4}`);
    await expect(scan(library, folder)).rejects.toMatchObject({
      code: 'library-full',
      message: expect.stringContaining('is full') as string,
    });
    expect(presentSamples(library).ids).toHaveLength(96);
    expect(listSkips(library)).toEqual([]);
  });
});
