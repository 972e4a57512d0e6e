import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  ensurePixels,
  type EnsurePixelsOptions,
} from '../../../src-main/engine/pictures/decode-pixels.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readPixels } from '../../../src-main/engine/store/pixels.ts';
import { presentSampleIds, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { emojiFolder, noise, redAndBlue, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

function decode(library: Library, size: number, options: Partial<EnsurePixelsOptions> = {}) {
  return ensurePixels({
    library,
    sampleIds: presentSampleIds(library),
    size,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    workers: 1,
    ...options,
  });
}

describe('ensurePixels', () => {
  test('decodes what is missing, once', async () => {
    const library = temporaryLibrary();
    await scan(library, emojiFolder);
    const ids = presentSampleIds(library);
    const progress: number[] = [];
    const first = await decode(library, 16, {
      sampleIds: ids.slice(0, 40),
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(first).toEqual({ decoded: 40, cached: 0, failed: [] });
    expect(progress.at(-1)).toBe(1);
    expect(await decode(library, 16)).toEqual({ decoded: 56, cached: 40, failed: [] });
    expect(await decode(library, 16)).toEqual({ decoded: 0, cached: 96, failed: [] });
    expect(readPixels(library, ids, 16)).toHaveLength(96 * 16 * 16 * 3);
  });

  test('gives what sharp makes of the file: upright, cropped to a square, on white', async () => {
    const library = temporaryLibrary();
    await scan(library, emojiFolder);
    const { ids, paths } = presentSamples(library);
    await decode(library, 32, { sampleIds: ids.slice(7, 8) });
    const expected = await sharp(join(emojiFolder, paths[7]!))
      .flatten({ background: '#ffffff' })
      .resize(32, 32)
      .raw()
      .toBuffer();
    expect(Buffer.from(readPixels(library, ids.slice(7, 8), 32)).equals(expected)).toBe(true);
  });

  test('crops the middle, and makes three channels of grey', async () => {
    const library = temporaryLibrary();
    const folder = temporaryFolder();
    writeFiles(folder, {
      'grey.png': await noise(20, 20, 1).greyscale().png().toBuffer(),
      'wide.png': await redAndBlue(90, 30).png().toBuffer(),
    });
    await scan(library, folder);
    await decode(library, 30);
    const [grey, wide] = presentSampleIds(library);
    const [r, g, b] = readPixels(library, Uint32Array.of(grey!), 30);
    expect([g, b]).toEqual([r, r]);
    const row = readPixels(library, Uint32Array.of(wide!), 30).subarray(0, 90);
    expect([...row.subarray(0, 3)]).toEqual([255, 0, 0]);
    expect([...row.subarray(87)]).toEqual([0, 0, 255]);
  });

  test('reads another file of the same content where the first is gone, and reports the rest', async () => {
    const library = temporaryLibrary();
    const folder = join(temporaryFolder(), 'clothing');
    cpSync(join(emojiFolder, 'clothing'), folder, { recursive: true });
    cpSync(join(folder, '1f451__noto.png'), join(folder, 'z.png'));
    await scan(library, folder);
    rmSync(join(folder, '1f451__noto.png'));
    rmSync(join(folder, '1f392__noto.png'));
    writeFileSync(join(folder, '1f393__noto.png'), await noise(9, 9, 1).png().toBuffer());
    const { decoded, failed } = await decode(library, 8);
    expect(decoded).toBe(10);
    expect(failed.map(({ path, reason }) => [path, reason])).toEqual([
      ['1f392__noto.png', 'Was gone when it was to be read.'],
      ['1f393__noto.png', 'Has changed since the folder was scanned; scan it again.'],
    ]);
    renameSync(join(folder, 'z.png'), join(folder, 'y.png'));
    await scan(library, folder);
    expect((await decode(library, 8)).failed).toEqual([]);
  });

  test('is cancelled, and keeps what it decoded', async () => {
    const library = temporaryLibrary();
    await scan(library, emojiFolder);
    const controller = new AbortController();
    const cancelled = decode(library, 16, {
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 10) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect((await decode(library, 16)).cached).toBeGreaterThanOrEqual(10);
  });
});
