import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { noise, redAndBlue } from './made-pictures.ts';
import { opened } from './opened.ts';

const kinds = {
  baseline: { progressive: false },
  progressive: { progressive: true },
  'with a small colour resolution': { chromaSubsampling: '4:2:0' },
} as const;

describe.each(Object.entries(kinds))('a JPEG, %s,', (_, options) => {
  const whole = () =>
    noise(60, 44, 5)
      .jpeg({ quality: 90, ...options })
      .toBuffer();

  test.each<[string, (jpeg: Buffer) => Buffer]>([
    ['that lacks its end marker', (jpeg) => jpeg.subarray(0, -2)],
    ['that lacks half of it', (jpeg) => jpeg.subarray(0, -1)],
    [
      'that has zeros in its place',
      (jpeg) => Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(300)]),
    ],
  ])('%s is the same picture, with a note', async (_name, cut) => {
    const jpeg = await whole();
    const expected = await opened(jpeg);
    expect(expected.note).toBe('');
    const shown = await opened(cut(jpeg));
    expect(shown.rgb).toEqual(expected.rgb);
    expect(shown.note).toMatch(/lacks the end marker/);
  });

  test.each([3, 40, 1000])('that lacks %d bytes is damaged', async (missing) => {
    await expect(opened((await whole()).subarray(0, -missing))).rejects.toMatchObject({
      code: 'damaged',
    });
  });

  test('with something after its end has no note', async () => {
    const longer = Buffer.concat([await whole(), Buffer.from('and a film, as phones append it')]);
    expect((await opened(longer)).note).toBe('');
  });
});

test('a thumbnail inside a JPEG does not count as its end', async () => {
  const small = await redAndBlue(8, 8).jpeg().toBuffer();
  const jpeg = await sharp(await redAndBlue(40, 30).png().toBuffer())
    .jpeg()
    .toBuffer();
  // An APP5 segment, which nobody reads, with a whole JPEG in it.
  const segment = Buffer.alloc(4);
  segment.writeUInt16BE(0xffe5, 0);
  segment.writeUInt16BE(small.length + 2, 2);
  const nested = Buffer.concat([jpeg.subarray(0, 2), segment, small, jpeg.subarray(2)]);
  expect((await opened(nested)).note).toBe('');
  expect((await opened(nested.subarray(0, -2))).note).toMatch(/lacks the end marker/);
});
