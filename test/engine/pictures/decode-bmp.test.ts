import { describe, expect, test } from 'vitest';
import { decodeBmp } from '../../../src-main/engine/pictures/decode-bmp.ts';
import { bmp24, bmpWithPalette } from './made-pictures.ts';

const black = [0, 0, 0];
const white = [255, 255, 255];

describe('decodeBmp', () => {
  test('turns rows the right way up and skips their padding', () => {
    const bytes = bmp24([
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
      [
        [10, 11, 12],
        [13, 14, 15],
        [16, 17, 18],
      ],
    ]);
    expect(decodeBmp(bytes)).toEqual({
      width: 3,
      height: 2,
      rgb: Uint8Array.from({ length: 18 }, (_, index) => index + 1),
    });
  });

  test.each([
    [1, 3, [0b01000000, 0b10100000], [black, white, black, white, black, white]],
    [4, 2, [0x01, 0x10], [black, white, white, black]],
    [8, 1, [1, 0], [white, black]],
  ] as const)('looks up colours of %i bits in the palette', (bits, width, rows, pixels) => {
    expect([...decodeBmp(bmpWithPalette(bits, width, rows)).rgb]).toEqual(pixels.flat());
  });

  test('reads 32 bits with the usual masks, and no others', () => {
    const bytes = Buffer.alloc(70);
    bmp24([[[0, 0, 0]]]).copy(bytes, 0, 0, 54);
    bytes.writeUInt32LE(66, 10);
    bytes.writeUInt16LE(32, 28);
    bytes.writeUInt32LE(3, 30);
    for (const [index, mask] of [0xff0000, 0xff00, 0xff].entries()) {
      bytes.writeUInt32LE(mask, 54 + index * 4);
    }
    bytes.set([3, 2, 1, 0], 66);
    expect([...decodeBmp(bytes).rgb]).toEqual([1, 2, 3]);
    bytes.writeUInt32LE(0xf800, 54);
    expect(() => decodeBmp(bytes)).toThrow('a BMP of a rare kind (32 bits, compression 3)');
  });

  test('refuses what is compressed or cut short', () => {
    const compressed = bmpWithPalette(8, 1, [1]);
    compressed.writeUInt32LE(1, 30);
    expect(() => decodeBmp(compressed)).toThrow('rare kind');
    expect(() => decodeBmp(bmp24([[[1, 2, 3]]]).subarray(0, 56))).toThrow('too few bytes');
    expect(() => decodeBmp(Buffer.from('BM'))).toThrow('without its header');
  });
});
