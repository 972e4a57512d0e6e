import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Background } from '../../../src-main/contract/decoding.ts';
import { saveDecoding } from '../../../src-main/engine/store/library-decoding.ts';
import {
  countRemarks,
  listBlank,
  listNotes,
} from '../../../src-main/engine/store/picture-remarks.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { noise, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

type Rgba = readonly [number, number, number, number];

const plain = (width: number, height: number, [r, g, b, a]: Rgba) =>
  sharp({ create: { width, height, channels: 4, background: { r, g, b, alpha: a / 255 } } });

/** One colour, but for one pixel. */
function withOneDot(width: number, height: number) {
  const rgb = new Uint8Array(width * height * 3).fill(200);
  rgb[(height >> 1) * width * 3] = 0;
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

async function folderOfBlanks(): Promise<string> {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'clear.png': await plain(30, 20, [255, 0, 0, 0]).png().toBuffer(),
    'clear and large.webp': await plain(900, 700, [0, 0, 0, 0]).webp({ lossless: true }).toBuffer(),
    'dot.png': await withOneDot(30, 20).png().toBuffer(),
    'large dot.png': await withOneDot(2000, 1500).png().toBuffer(),
    'green.jpg': await plain(300, 200, [10, 160, 90, 255]).flatten().jpeg().toBuffer(),
    'one.png': await plain(1, 1, [3, 4, 5, 255]).png().toBuffer(),
    'picture.png': await noise(40, 30, 3).png().toBuffer(),
    'row.png': await plain(40, 1, [9, 9, 9, 255]).png().toBuffer(),
    'white on clear.png': await plain(20, 20, [255, 255, 255, 255])
      .extend({
        top: 5,
        bottom: 5,
        left: 5,
        right: 5,
        background: { r: 255, g: 255, b: 255, alpha: 0 },
      })
      .png()
      .toBuffer(),
  });
  return folder;
}

const always = [
  ['clear and large.webp', 'transparent'],
  ['clear.png', 'transparent'],
  ['green.jpg', 'one-colour'],
  ['one.png', 'one-pixel'],
  ['row.png', 'one-colour'],
] as const;

describe('pictures that show nothing', () => {
  test.each<[Background, readonly (readonly [string, string])[]]>([
    ['white', [...always, ['white on clear.png', 'one-colour']]],
    ['black', always],
    ['checkerboard', always],
  ])('on %s are listed, with the reason', async (background, expected) => {
    const library = temporaryLibrary();
    saveDecoding(library, { background, enlarging: 'aligned' });
    const result = await scan(library, await folderOfBlanks());
    expect(result.images).toBe(9);
    expect(result.blank.map(({ path, blank }) => [path, blank])).toEqual(expected);
    expect(listBlank(library)).toEqual(result.blank);
    expect(countRemarks(library)).toEqual({ blank: expected.length, noted: 0 });
  });

  test('of a library that never looked are found at its next scan', async () => {
    const library = temporaryLibrary();
    const folder = await folderOfBlanks();
    const first = await scan(library, folder);
    library.query('UPDATE samples SET blank = NULL').run();
    expect(listBlank(library)).toEqual([]);
    const again = await scan(library, folder);
    expect(again.filesRead).toBe(0);
    expect(again.blank).toEqual(first.blank);
  });
});

/** A picture of random levels from `least` on, each equally often. */
function levels(side: number, least: number, count: number): Promise<Buffer> {
  let state = side + least + count;
  const rgb = Uint8Array.from({ length: side * side * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * count);
  });
  return sharp(rgb, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

test('noise of three levels is one colour, and of four is not, however large and bright', async () => {
  const folder = temporaryFolder();
  const sides = [5, 16, 40, 97, 160];
  for (const side of sides) {
    for (const least of [0, 90, 252]) {
      writeFiles(folder, {
        [`three-${side}-${least}.png`]: await levels(side, least, 3),
        [`four-${side}-${least}.png`]: await levels(side, least, 4),
      });
    }
  }
  const { blank } = await scan(temporaryLibrary(), folder);
  const expected = sides.flatMap((side) =>
    [0, 90, 252].map((least) => `three-${side}-${least}.png`),
  );
  expect(blank.map(({ path }) => path)).toEqual(expected.sort());
  expect(new Set(blank.map(({ blank: why }) => why))).toEqual(new Set(['one-colour']));
});

test('what is wrong with a file is listed, and the picture is taken', async () => {
  const library = temporaryLibrary();
  const folder = temporaryFolder();
  const jpeg = await noise(40, 30, 3).jpeg().toBuffer();
  const half = Buffer.concat([jpeg.subarray(0, jpeg.length >> 1), jpeg.subarray(-2)]);
  writeFiles(folder, {
    'cut.jpg': jpeg.subarray(0, -2),
    'half.jpg': half,
    'whole.jpg': jpeg,
  });
  const result = await scan(library, folder);
  expect(result).toMatchObject({ images: 3, skipped: [] });
  expect(result.notes).toMatchObject([
    { path: 'cut.jpg', note: expect.stringContaining('end marker') as string },
    { path: 'half.jpg', note: expect.stringContaining('may be grey or wrong') as string },
  ]);
  expect(listNotes(library)).toEqual(result.notes);
});
