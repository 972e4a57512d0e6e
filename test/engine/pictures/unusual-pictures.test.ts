import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary, type Library } from '../../../src-main/engine/store/library-file.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { readThumbnail } from '../../../src-main/engine/store/thumbnails.ts';
import {
  animatedGif,
  bmp24,
  bmpWithPalette,
  halves,
  redAndBlue,
  writeFiles,
} from './made-pictures.ts';
import { scan } from './scan.ts';

const red = [254, 0, 0] as const;
const blue = [0, 0, 254] as const;
const formats = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const;

const solid = (channels: 3 | 4, background: { r: number; g: number; b: number; alpha: number }) =>
  sharp({ create: { width: 20, height: 20, channels, background } });

async function unusualPictures(): Promise<Record<string, Buffer>> {
  const picture = redAndBlue(64, 48);
  const upright = await picture.clone().png().toBuffer();
  const row = Array.from({ length: 21 }, (_, x) => (x < 10 ? red : blue));
  const plain = await Promise.all(
    formats.map(async (format) => {
      return [`plain.${format}`, await picture.clone().toFormat(format).toBuffer()] as const;
    }),
  );
  return {
    ...Object.fromEntries(plain),
    'animated.gif': await animatedGif(),
    'cmyk.jpg': await picture.clone().toColourspace('cmyk').jpeg().toBuffer(),
    '16-bit.png': await picture.clone().toColourspace('rgb16').png().toBuffer(),
    '16-bit-grey.png': await solid(3, { r: 128, g: 128, b: 128, alpha: 1 })
      .toColourspace('grey16')
      .png()
      .toBuffer(),
    'turned.jpg': await sharp(upright)
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer(),
    'transparent.png': await solid(4, { r: 0, g: 0, b: 0, alpha: 0 }).png().toBuffer(),
    '24-bit.bmp': bmp24([row, row, row]),
    '1-bit.bmp': bmpWithPalette(1, 8, [0x0f, 0x0f]),
    'really a.jpg': await sharp(upright).png({ compressionLevel: 1 }).toBuffer(),
  };
}

describe('an unusual picture is taken for what it shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-test-'));
  const pictures: Record<string, Buffer> = {};
  let library: Library;

  beforeAll(async () => {
    Object.assign(pictures, await unusualPictures());
    writeFiles(join(folder, 'pictures'), pictures);
    library = openLibrary(join(folder, 'l.sqlite'), { mode: 'write', now: Date.now });
    const { skipped } = await scan(library, join(folder, 'pictures'));
    expect(skipped).toEqual([]);
  });

  afterAll(() => {
    library.close();
    rmSync(folder, { recursive: true });
  });

  async function taken(path: string) {
    const { hashes, paths, sizes } = presentSamples(library);
    const index = paths.indexOf(path);
    const hash = hashes[index] ?? '';
    const { format } = library
      .query<{ format: string }>('SELECT format FROM samples WHERE hash = ?')
      .get(hash)!;
    const [left, right] = await halves(readThumbnail(library, hash)!);
    return { size: [...sizes.subarray(index * 2, index * 2 + 2)], format, left, right };
  }

  const near = (wanted: readonly number[], tolerance: number) =>
    expect.toSatisfy((shown: number[]) =>
      shown.every((value, index) => Math.abs(value - (wanted[index] ?? NaN)) <= tolerance),
    ) as number[];

  test.each(formats)('%s', async (format) => {
    expect(await taken(`plain.${format}`)).toEqual({
      size: [64, 48],
      format,
      left: near(red, 12),
      right: near(blue, 12),
    });
  });

  test('an animated GIF shows its first frame', async () => {
    expect((await sharp(pictures['animated.gif']).metadata()).pages).toBe(2);
    expect(await taken('animated.gif')).toMatchObject({
      size: [40, 30],
      left: near(red, 12),
      right: near(red, 12),
    });
  });

  test('a CMYK JPEG', async () => {
    expect(await sharp(pictures['cmyk.jpg']).metadata()).toMatchObject({ space: 'cmyk' });
    const { left, right } = await taken('cmyk.jpg');
    // The built-in CMYK profile cannot print pure red and blue.
    expect(left[0]).toBeGreaterThan(left[2]! + 100);
    expect(right[2]).toBeGreaterThan(right[0]! + 50);
  });

  test('a 16-bit PNG, in colour and grey', async () => {
    expect(await sharp(pictures['16-bit.png']).metadata()).toMatchObject({ depth: 'ushort' });
    expect(await sharp(pictures['16-bit-grey.png']).metadata()).toMatchObject({ depth: 'ushort' });
    expect(await taken('16-bit.png')).toMatchObject({ left: near(red, 6), right: near(blue, 6) });
    expect(await taken('16-bit-grey.png')).toMatchObject({ left: near([128, 128, 128], 3) });
  });

  test('a photo turned by EXIF stands upright', async () => {
    expect(await sharp(pictures['turned.jpg']).metadata()).toMatchObject({ width: 48, height: 64 });
    expect(await taken('turned.jpg')).toMatchObject({
      size: [64, 48],
      left: near(red, 12),
      right: near(blue, 12),
    });
  });

  test('transparency lies on white', async () => {
    expect(await taken('transparent.png')).toMatchObject({ left: near([255, 255, 255], 2) });
  });

  test('a BMP of 24 bits, and of 1 bit from the top down', async () => {
    expect(await taken('24-bit.bmp')).toMatchObject({
      size: [21, 3],
      format: 'bmp',
      left: near(red, 30),
      right: near(blue, 30),
    });
    expect(await taken('1-bit.bmp')).toMatchObject({
      size: [8, 2],
      left: near([0, 0, 0], 40),
      right: near([255, 255, 255], 40),
    });
  });

  test('whatever its extension says', async () => {
    expect((await taken('really a.jpg')).format).toBe('png');
  });
});
