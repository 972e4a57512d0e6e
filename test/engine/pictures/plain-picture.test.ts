import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { plainPicture } from '../../../src-main/engine/pictures/plain-picture.ts';
import { noise } from './made-pictures.ts';
import { opened } from './opened.ts';

/** Puts a segment into a JPEG, before its first marker of a kind. */
function withSegment(jpeg: Buffer, marker: number, text: string, before = 0xdb): Buffer {
  const at = jpeg.indexOf(Buffer.from([0xff, before]));
  const head = Buffer.from([0xff, marker, 0, 2 + text.length]);
  return Buffer.concat([
    jpeg.subarray(0, at),
    head,
    Buffer.from(text, 'latin1'),
    jpeg.subarray(at),
  ]);
}

const jpegOf = (options: Parameters<Sharp['jpeg']>[0], width = 60, height = 44): Promise<Buffer> =>
  noise(width, height, 5).jpeg(options).toBuffer();

describe('the header of a plain JPEG', () => {
  test.each<[string, () => Promise<Buffer>]>([
    ['baseline', () => jpegOf({})],
    ['progressive', () => jpegOf({ progressive: true })],
    ['with all colours', () => jpegOf({ chromaSubsampling: '4:4:4' })],
    ['grey', () => noise(61, 7, 5).greyscale().jpeg().toBuffer()],
    ['of one pixel', () => jpegOf({}, 1, 1)],
    ['wider than a byte says', () => jpegOf({}, 700, 300)],
    ['with a comment', async () => withSegment(await jpegOf({}), 0xfe, 'a comment')],
  ])('%s tells what a decoder tells', async (_name, make) => {
    const jpeg = await make();
    const { width, height, hasAlpha, depth, orientation } = await sharp(jpeg).metadata();
    expect({ hasAlpha, depth, orientation }).toEqual({ hasAlpha: false, depth: 'uchar' });
    expect(plainPicture('jpeg', jpeg)).toMatchObject({ width, height });
  });

  test.each<[string, () => Promise<Buffer>]>([
    ['turned by Exif', () => noise(60, 44, 5).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ['with a colour profile', () => noise(60, 44, 5).withIccProfile('p3').jpeg().toBuffer()],
    ['in CMYK', () => noise(60, 44, 5).toColourspace('cmyk').jpeg().toBuffer()],
    ["with Adobe's marker", async () => withSegment(await jpegOf({}), 0xee, 'Adobe\0d\0\0\0\0\0')],
    [
      'with Exif just before its data',
      async () => withSegment(await jpegOf({}), 0xe1, 'Exif', 0xda),
    ],
    ['of lossless coding', async () => replaced(await jpegOf({}), 0xc0, 0xc3)],
    ['that is a PNG', () => noise(60, 44, 5).png().toBuffer()],
    ['cut in its header', async () => (await jpegOf({})).subarray(0, 150)],
    ['of two bytes', async () => (await jpegOf({})).subarray(0, 2)],
  ])('%s is left to a decoder', async (_name, make) => {
    expect(plainPicture('jpeg', await make())).toBeNull();
  });

  test('is the same picture with an Exif marker after its frame', async () => {
    const turned = await noise(60, 44, 5).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const exif = segmentOf(turned, 0xe1);
    const plain = await jpegOf({});
    const at = plain.indexOf(Buffer.from([0xff, 0xda]));
    const late = Buffer.concat([plain.subarray(0, at), exif, plain.subarray(at)]);
    const [{ width, height }, expected] = [await opened(late), await sharp(late).metadata()];
    expect({ width, height }).toEqual(expected.autoOrient);
    expect(width).toBe(44);
  });
});

describe('a plain picture without what is not the picture', () => {
  test('is a JPEG without comments, wherever they stood', async () => {
    const plain = await jpegOf({});
    const once = withSegment(plain, 0xfe, 'by me');
    for (const jpeg of [plain, once, withSegment(once, 0xfe, 'and me', 0xda)]) {
      expect(plainPicture('jpeg', jpeg)?.bare()).toEqual(new Uint8Array(plain));
    }
  });

  test('is a PNG as it is, in a buffer of its own', async () => {
    const png = await pngOf({});
    const bare = plainPicture('png', png)?.bare();
    expect(bare).toEqual(new Uint8Array(png));
    expect(bare?.buffer.byteLength).toBe(png.length);
  });

  test('is not a JPEG with bytes after its end', async () => {
    const jpeg = Buffer.concat([await jpegOf({}), Buffer.of(7)]);
    expect(plainPicture('jpeg', jpeg)?.bare()).toBeNull();
  });
});

/** Puts a chunk into a PNG, before its first one of a type. */
function withChunk(png: Buffer, type: string, data: Buffer, before: string): Buffer {
  const at = png.indexOf(before) - 4;
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([png.subarray(0, at), length, named, sum, png.subarray(at)]);
}

const pngOf = (options: Parameters<Sharp['png']>[0], width = 60, height = 44): Promise<Buffer> =>
  noise(width, height, 5).png(options).toBuffer();
const gamma = Buffer.of(0, 0, 0xb1, 0x8f);

describe('the header of a plain PNG', () => {
  test.each<[string, () => Promise<Buffer>]>([
    ['in colours', () => pngOf({})],
    ['grey', () => noise(61, 7, 5).toColourspace('b-w').png().toBuffer()],
    ['of one pixel', () => pngOf({}, 1, 1)],
    ['in many chunks of data', () => pngOf({ compressionLevel: 0 }, 300, 200)],
    [
      'with its resolution',
      async () => withChunk(await pngOf({}), 'pHYs', Buffer.alloc(9, 1), 'IDAT'),
    ],
  ])('%s tells what a decoder tells', async (_name, make) => {
    const png = await make();
    const { width, height, hasAlpha, depth, orientation } = await sharp(png).metadata();
    expect({ hasAlpha, depth, orientation }).toEqual({ hasAlpha: false, depth: 'uchar' });
    expect(plainPicture('png', png)).toMatchObject({ width, height });
  });

  test.each<[string, () => Promise<Buffer>]>([
    ['with transparency', () => noise(60, 44, 5).ensureAlpha(0.5).png().toBuffer()],
    ['with a palette', () => pngOf({ palette: true })],
    ['with 16 bits', () => noise(60, 44, 5).toColourspace('rgb16').png().toBuffer()],
    ['interlaced', () => pngOf({ progressive: true })],
    ['with a colour profile', () => noise(60, 44, 5).withIccProfile('p3').png().toBuffer()],
    ['with a gamma', async () => withChunk(await pngOf({}), 'gAMA', gamma, 'IDAT')],
    [
      'with one transparent colour',
      async () => withChunk(await pngOf({}), 'tRNS', Buffer.alloc(6), 'IDAT'),
    ],
    [
      'turned after its data',
      async () => withChunk(await pngOf({}), 'eXIf', Buffer.alloc(8), 'IEND'),
    ],
    ['with bytes after its end', async () => Buffer.concat([await pngOf({}), Buffer.of(7)])],
    ['without its end', async () => (await pngOf({})).subarray(0, -12)],
    ['cut in its header', async () => (await pngOf({})).subarray(0, 30)],
    ['cut in its data', async () => (await pngOf({})).subarray(0, 200)],
    ['of its signature alone', async () => (await pngOf({})).subarray(0, 8)],
    ['that is a JPEG', () => jpegOf({})],
  ])('%s is left to a decoder', async (_name, make) => {
    expect(plainPicture('png', await make())).toBeNull();
  });
});

function replaced(jpeg: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.from(jpeg);
  copy[copy.indexOf(Buffer.from([0xff, from])) + 1] = to;
  return copy;
}

function segmentOf(jpeg: Buffer, marker: number): Buffer {
  const at = jpeg.indexOf(Buffer.from([0xff, marker]));
  return jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2));
}
