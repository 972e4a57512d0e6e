import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { opened } from './opened.ts';

/** Left half red and opaque, right half blue and all transparent; 8 x 8. */
function halfClear() {
  const pixel = (x: number): number[] => (x < 4 ? [255, 0, 0, 255] : [0, 0, 255, 0]);
  const rgba = Array.from({ length: 8 * 8 }, (_, index) => pixel(index % 8)).flat();
  return sharp(Uint8Array.from(rgba), { raw: { width: 8, height: 8, channels: 4 } });
}

const files = {
  PNG: () => halfClear().png().toBuffer(),
  'a PNG with a palette': () => halfClear().png({ palette: true }).toBuffer(),
  'a PNG of 16 bits': () => halfClear().toColourspace('rgb16').png().toBuffer(),
  WebP: () => halfClear().webp({ lossless: true }).toBuffer(),
  GIF: () => halfClear().gif().toBuffer(),
  TIFF: () => halfClear().tiff({ compression: 'lzw' }).toBuffer(),
};

describe.each(Object.entries(files))('the transparent parts of %s', (_, make) => {
  test.each([
    ['white', 255],
    ['black', 0],
    ['grey', 128],
  ] as const)('lie on %s', async (background, level) => {
    const { rgb } = await opened(await make(), background);
    expect(rgb.slice(0, 3)).toEqual([255, 0, 0]);
    expect(rgb.slice(7 * 3, 8 * 3)).toEqual([level, level, level]);
  });

  test('lie on a checkerboard', async () => {
    const { rgb } = await opened(await make(), 'checkerboard');
    expect(rgb.slice(0, 3)).toEqual([255, 0, 0]);
    const right = Array.from({ length: 64 }, (_pixel, index) => index)
      .filter((index) => index % 8 >= 4)
      .map((index) => rgb[index * 3]);
    // Squares of one pixel, because a sixteenth of the side is less.
    expect(right).toEqual(
      Array.from({ length: 32 }, (_pixel, index) =>
        ((index % 4) + Math.floor(index / 4)) % 2 === 0 ? 0x99 : 0x66,
      ),
    );
  });
});

test('grey with transparency, half of it, is mixed with what lies under it', async () => {
  const grey = sharp(Uint8Array.of(0, 0, 0, 128), { raw: { width: 1, height: 1, channels: 4 } });
  const bytes = await grey.toColourspace('b-w').png().toBuffer();
  expect((await sharp(bytes).metadata()).channels).toBe(2);
  for (const [background, level] of [
    ['white', 127],
    ['black', 0],
    ['checkerboard', 0x99 * (127 / 255)],
  ] as const) {
    const { rgb } = await opened(bytes, background);
    for (const value of rgb) expect(Math.abs(value - level)).toBeLessThanOrEqual(1);
  }
});

test('a picture without transparency is the same on every background', async () => {
  const bytes = await halfClear().removeAlpha().png().toBuffer();
  const white = await opened(bytes, 'white');
  for (const background of ['black', 'grey', 'checkerboard'] as const) {
    expect(await opened(bytes, background)).toEqual(white);
  }
});
