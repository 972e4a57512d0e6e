import { describe, expect, test } from 'vitest';
import { tiff, type TiffKind } from './made-tiffs.ts';
import { opened } from './opened.ts';

const row = { width: 5, height: 1 };
/** Quarters of a range as bytes: 255 · 0.25 is 63.75. */
const quarters = [0, 64, 128, 191, 255];
const greys = (values: readonly number[]): number[] => values.flatMap((v) => [v, v, v]);

describe('values that are not 8 or 16 bits without a sign are scaled by their range', () => {
  test.each<[TiffKind, number[], string]>([
    ['uint32', [0, 1e6, 2e6, 3e6, 4e6], '0 to 4000000 (32 bits)'],
    ['uint32', [7, 7.9e4, 158_000, 236_990, 315_990], '7 to 315990'],
    ['int16', [-1000, -500, 0, 500, 1000], '-1000 to 1000 (16 bits with a sign)'],
    ['int32', [-8, -4, 0, 4, 8], '-8 to 8 (32 bits with a sign)'],
    ['int8', [-128, -64, 0, 63, 127], '-128 to 127 (8 bits with a sign)'],
    ['float32', [0, 0.25, 0.5, 0.75, 1], '0 to 1 (real numbers)'],
    ['float32', [-3, -1.5, 0, 1.5, 3], '-3 to 3'],
    ['float32', [0, 1e-5, 2e-5, 3e-5, 4e-5], '0 to 0.00004'],
    ['float16', [-0.5, 0, 0.5, 1, 1.5], '-0.5 to 1.5'],
  ])('%s %j', async (kind, values, range) => {
    const { rgb, note } = await opened(tiff(kind, values, row));
    for (const [index, value] of greys(quarters).entries()) {
      expect(Math.abs((rgb[index] ?? NaN) - value)).toBeLessThanOrEqual(1);
    }
    expect(note).toContain(`Its values ${range}`);
    expect(note).toMatch(/are shown as 0 to 255\.$/);
  });

  test('a value that is not a number is 0, and does not count', async () => {
    const { rgb, note } = await opened(tiff('float32', [NaN, 10, Infinity, 20, -Infinity], row));
    expect(rgb).toEqual(greys([0, 0, 255, 255, 0]));
    expect(note).toContain('10 to 20');
  });

  test('without one number a picture is refused', async () => {
    const none = opened(tiff('float32', [NaN, Infinity, NaN, -Infinity, NaN], row));
    await expect(none).rejects.toThrow('all its values are NaN or infinite');
  });

  test('of one value say so', async () => {
    const { rgb, note } = await opened(tiff('uint32', [7, 7, 7, 7, 7], row));
    expect(rgb).toEqual(greys([0, 0, 0, 0, 0]));
    expect(note).toBe('All its values are 7 (32 bits); it is shown black.');
  });

  test('colours share one range, and a fourth channel is left out', async () => {
    const colours = await opened(
      tiff('int16', [-100, 0, 100, 100, -100, 0], { width: 2, height: 1, channels: 3 }),
    );
    expect(colours.rgb).toEqual([0, 128, 255, 255, 0, 128]);
    const four = await opened(
      tiff('float32', [0, 0.5, 1, 0, 1, 0, 0.5, 1], { width: 2, height: 1, channels: 4 }),
    );
    expect(four.rgb).toEqual([0, 128, 255, 255, 0, 128]);
  });

  test('16 bits without a sign stay as they are', async () => {
    const { rgb, note } = await opened(tiff('uint16', [0, 16384, 32768, 49152, 65535], row));
    expect(rgb).toEqual(greys([0, 64, 128, 192, 255]));
    expect(note).toBe('');
  });
});

describe('what cannot be read is skipped, and the reason says why', () => {
  test.each([
    ['real numbers of 64 bits', tiff('float64', [0, 1, 2, 3, 4], row), /more than 32 bits/],
    [
      'five channels',
      tiff('uint8', [1, 2, 3, 4, 5], { width: 1, height: 1, channels: 5 }),
      /Has 5 channels/,
    ],
  ])('%s', async (_, bytes, reason) => {
    await expect(opened(bytes)).rejects.toMatchObject({
      code: 'unsupported-format',
      message: expect.stringMatching(reason) as string,
    });
  });
});
