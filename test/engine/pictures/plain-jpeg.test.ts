import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { plainJpegSides } from '../../../src-main/engine/pictures/plain-jpeg.ts';
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
    expect(plainJpegSides(jpeg)).toEqual({ width, height });
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
    expect(plainJpegSides(await make())).toBeNull();
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

function replaced(jpeg: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.from(jpeg);
  copy[copy.indexOf(Buffer.from([0xff, from])) + 1] = to;
  return copy;
}

function segmentOf(jpeg: Buffer, marker: number): Buffer {
  const at = jpeg.indexOf(Buffer.from([0xff, marker]));
  return jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2));
}
