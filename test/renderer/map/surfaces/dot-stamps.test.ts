import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import {
  stampOf,
  subpixels,
  type Stamp,
  type StampLook,
} from '../../../../src-renderer/map/surfaces/dot-stamps.ts';

const dim = 0;
const normal = 1;
const strong = 2;
const selected = 3;

const look: StampLook = {
  ...{ radius: 6, pixelRatio: 1, palette: ['#c08040', '#0000ff'] },
  ...{ text: [1, 1, 1, 1], page: [0, 0, 0, 1] },
};

interface Pixel {
  readonly x: number;
  readonly y: number;
  readonly rgba: readonly number[];
}

/** The pixels of a stamp about the middle of its middle one, for a position within a pixel. */
function pixelsOf({ reach, pixels }: Stamp, position = 0): Pixel[] {
  const side = 2 * reach + 1;
  const bytes = new Uint8Array(pixels[position]!.buffer);
  return Array.from({ length: side * side }, (_, at) => ({
    x: (at % side) - reach,
    y: Math.floor(at / side) - reach,
    rgba: [...bytes.subarray(at * 4, at * 4 + 4)],
  }));
}

const middleOf = (stamp: Stamp): readonly number[] =>
  pixelsOf(stamp).find(({ x, y }) => x === 0 && y === 0)!.rgba;

/** A colour of 0 to 255 as it is laid on with an opacity. */
const premultiplied = (rgb: readonly number[], opacity: number): number[] =>
  [...rgb.map((channel) => channel * opacity), 255 * opacity].map(Math.round);

describe('the stamp of a dot', () => {
  it('is in the colour of its category, as opaque as its layer is', () => {
    expect(middleOf(stampOf(look, normal, 0))).toEqual(premultiplied([192, 128, 64], 0.86));
    expect(middleOf(stampOf(look, strong, 1))).toEqual([0, 0, 255, 255]);
    expect(middleOf(stampOf(look, selected, 1))).toEqual(premultiplied([0, 0, 255], 0.86));
    // Half its colour, half the grey that is as light: 0.114 × 255 of blue.
    const grey = 0.114 * 255;
    const faded = [grey / 2, grey / 2, (255 + grey) / 2];
    expect(middleOf(stampOf(look, dim, 1))).toEqual(premultiplied(faded, 0.36));
  });

  it('covers the area of its disc', () => {
    const total = (layer: number): number =>
      pixelsOf(stampOf(look, layer, 0)).reduce((sum, { rgba }) => sum + rgba[3]! / 255, 0);
    expect(total(normal) / (Math.PI * 6 ** 2 * 0.86)).toBeCloseTo(1, 1);
    expect(total(dim) / (Math.PI * 5.4 ** 2 * 0.36)).toBeCloseTo(1, 1);
    const area = Math.PI * 7.8 ** 2;
    const rim = Math.PI * 8.7 ** 2 - area;
    expect(total(strong) / (area + 0.85 * rim)).toBeCloseTo(1, 1);
  });

  it('is as wide as a disc where it is a diamond, and narrows towards its corners', () => {
    const pixels = pixelsOf(stampOf(look, normal, 0, true));
    const filled = (x: number, y: number): boolean =>
      pixels.find((pixel) => pixel.x === x && pixel.y === y)!.rgba[3]! > 127 * 0.86;
    expect([filled(0, 0), filled(5, 0), filled(0, -5), filled(2, 3)]).toEqual(Array(4).fill(true));
    // A disc of this radius would cover it.
    expect([filled(4, 4), filled(-4, 3)]).toEqual([false, false]);
    // Two times the square of half its diagonal.
    const total = pixels.reduce((sum, { rgba }) => sum + rgba[3]! / 255, 0);
    expect(total / (2 * 6 ** 2 * 0.86)).toBeCloseTo(1, 1);
  });

  it('has a rim of the page where it is strong, of the text where it is selected', () => {
    const onRim = (layer: number): number[] => [
      ...pixelsOf(stampOf({ ...look, pixelRatio: 4 }, layer, 1)).find(
        ({ x, y }) => x === 0 && y === 10,
      )!.rgba,
    ];
    expect(onRim(strong)).toEqual([0, 0, 0, Math.round(0.85 * 255)]);
    expect(onRim(selected)).toEqual([255, 255, 255, 255]);
  });

  it('moves by a quarter of a pixel from position to position', () => {
    const stamp = stampOf(look, normal, 0);
    expect(stamp.pixels).toHaveLength(subpixels ** 2);
    const centre = (position: number): number[] => {
      const pixels = pixelsOf(stamp, position);
      const weight = pixels.reduce((sum, { rgba }) => sum + rgba[3]!, 0);
      return (['x', 'y'] as const).map(
        (axis) => pixels.reduce((sum, pixel) => sum + pixel.rgba[3]! * pixel[axis], 0) / weight,
      );
    };
    const [x = 0, y = 0] = centre(0);
    const [right = 0, same = 0] = centre(1);
    const [still = 0, down = 0] = centre(subpixels * 3);
    expect(right - x).toBeCloseTo(0.25, 1);
    expect(same).toBeCloseTo(y, 2);
    expect(down - y).toBeCloseTo(0.75, 1);
    expect(still).toBeCloseTo(x, 2);
  });

  it('fades out within its square, and takes the last colour past the palette', () => {
    for (const layer of [dim, normal, strong, selected]) {
      const stamp = stampOf({ ...look, radius: 3.3, pixelRatio: 2 }, layer, 9);
      for (let position = 0; position < subpixels ** 2; position++) {
        for (const { x, y, rgba } of pixelsOf(stamp, position)) {
          if (Math.abs(x) === stamp.reach && Math.abs(y) === stamp.reach) expect(rgba[3]).toBe(0);
        }
      }
      expect(middleOf(stamp)).toEqual(middleOf(stampOf(look, layer, 1)));
    }
    expect(middleOf(stampOf({ ...look, palette: [] }, strong, 0))).toEqual([128, 128, 128, 255]);
  });
});
