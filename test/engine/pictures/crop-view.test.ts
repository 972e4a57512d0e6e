import { describe, expect, it } from 'vitest';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { croppedView, wholeCrop } from '../../../src-main/engine/pictures/crop-view.ts';

const [width, height] = [20, 12];
const random = seedRandom(5);
const source = {
  width,
  height,
  rgb: Uint8Array.from({ length: width * height * 3 }, () => random.index(256)),
};

function pixel(x: number, y: number, channel: number): number {
  return source.rgb[(y * width + x) * 3 + channel]!;
}

function views(size: number, of: (x: number, y: number, channel: number) => number): number[] {
  const numbers: number[] = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) numbers.push(of(x, y, channel));
    }
  }
  return numbers;
}

describe('a cropped view', () => {
  it('is the pixels themselves where the crop has as many as the view', () => {
    // 4 of 20 columns from the 7th of 17 positions, 4 of 12 rows from the last of 9.
    const crop = [8 / 12, 6.5 / 17 - (6.5 / 17) * (4 / 20), 4 / 12, 4 / 20] as const;
    expect([...croppedView(source, crop, 4)]).toEqual(
      views(4, (x, y, channel) => pixel(6 + x, 8 + y, channel)),
    );
  });

  it('is shrunk to half by the filter that Pillow widens: 1/8, 3/8, 3/8, 1/8', () => {
    const filter = [1 / 8, 3 / 8, 3 / 8, 1 / 8];
    // Rows 0 to 11 and columns 0 to 11, of which only the inner pixels of the view have all four taps.
    const shrunk = croppedView(source, [0, 0, 1, 12 / 20], 6);
    const expected = views(6, (x, y, channel) => {
      let sum = 0;
      for (const [row, down] of filter.entries()) {
        for (const [column, across] of filter.entries()) {
          sum += down * across * (pixelOr(2 * x - 1 + column, 2 * y - 1 + row, channel) ?? NaN);
        }
      }
      return sum;
    });
    const inner = expected.flatMap((value, index) => (Number.isNaN(value) ? [] : [index]));
    expect(inner).toHaveLength(4 * 4 * 3);
    // Pillow rounds after each of the two passes.
    for (const index of inner) {
      expect(Math.abs(shrunk[index]! - expected[index]!)).toBeLessThanOrEqual(1);
    }
  });

  it('can begin at every pixel where it fits, and at no other', () => {
    const share = 5 / 20;
    const firsts = new Set<number>();
    for (let step = 0; step < 1000; step += 1) {
      const left = (step / 1000) * (1 - share);
      const [red] = croppedView({ ...source, height: 1, rgb: columns() }, [0, left, 1, share], 5);
      firsts.add(red!);
    }
    expect([...firsts]).toEqual(Array.from({ length: 16 }, (_, column) => column));
  });

  it('leaves only the mirroring to the graph', () => {
    expect(wholeCrop([0.2, 0.1, 0.5, 0.5])).toEqual([0, 0, 1, 1]);
    expect(wholeCrop([0.2, 0.6, 0.5, -0.5])).toEqual([0, 1, 1, -1]);
    const mirrored = croppedView(source, [0.2, 0.6, 0.5, -0.5], 4);
    expect(mirrored).toEqual(croppedView(source, [0.2, 0.1, 0.5, 0.5], 4));
  });
});

function pixelOr(x: number, y: number, channel: number): number | null {
  return x < 0 || y < 0 || x >= 12 || y >= 12 ? null : pixel(x, y, channel);
}

/** One row whose red is the column's number. */
function columns(): Uint8Array {
  return Uint8Array.from({ length: width * 3 }, (_, index) => Math.floor(index / 3));
}
