import type * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import { labChannels } from '../../../src-main/engine/networks/lab.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

/** L, a and b of pictures of bytes, out of the scaled channels, on a traced device. */
async function lab(bytes: readonly number[], side: number, device = 'cpu'): Promise<number[][]> {
  const shape = [1, side, side, 3];
  const program = await compileProgram(
    {
      name: 'lab',
      inputs: [{ name: 'images', shape, dtype: 'float' }],
      build: ({ images }) => ({ lab: labChannels(images as tf.Tensor4D) }),
    },
    device,
  );
  const { lab: channels } = await program.run({
    images: Float32Array.from(bytes, (byte) => byte / 255),
  });
  await program.dispose();
  const values = channels!.values;
  return Array.from({ length: side * side }, (_, pixel) => [
    values[3 * pixel]! * 50 + 50,
    values[3 * pixel + 1]! * 92.208 + 6.025,
    values[3 * pixel + 2]! * 101.1675 - 6.6895,
  ]);
}

describe('Lab channels', () => {
  it('are the published ones of the primaries, of white, grey and black', async () => {
    // L*a*b* of sRGB under D65 as skimage and Lindbloom's calculator give them.
    const published: [number[], number[]][] = [
      [
        [255, 0, 0],
        [53.24, 80.09, 67.2],
      ],
      [
        [0, 255, 0],
        [87.73, -86.18, 83.18],
      ],
      [
        [0, 0, 255],
        [32.3, 79.19, -107.86],
      ],
      [
        [255, 255, 255],
        [100, 0, 0],
      ],
      [
        [119, 119, 119],
        [50.03, 0, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [255, 255, 0],
        [97.14, -21.55, 94.48],
      ],
      [
        [0, 255, 255],
        [91.11, -48.09, -14.13],
      ],
      [
        [255, 0, 255],
        [60.32, 98.23, -60.82],
      ],
    ];
    const found = await lab(
      published.flatMap(([rgb]) => rgb),
      3,
    );
    for (const [index, [rgb, expected]] of published.entries()) {
      for (const channel of [0, 1, 2]) {
        const difference = Math.abs(found[index]![channel]! - expected[channel]!);
        expect(difference, `${rgb.join()} ${channel}`).toBeLessThan(0.03);
      }
    }
  });

  it.each(['cpu', 'tfjs-cpu'])('are what libvips makes of any colours, on %s', async (device) => {
    const side = 16;
    const random = seedRandom(8);
    const bytes = Array.from({ length: side * side * 3 }, () => random.index(256));
    const raw = { width: side, height: side, channels: 3 } as const;
    const { data } = await sharp(Buffer.from(bytes), { raw })
      .toColourspace('lab')
      .raw({ depth: 'float' })
      .toBuffer({ resolveWithObject: true });
    const expected = new Float32Array(data.buffer, data.byteOffset, data.length / 4);
    const found = (await lab(bytes, side, device)).flat();
    const far = found.filter((value, index) => Math.abs(value - expected[index]!) > 0.2);
    expect(far).toEqual([]);
  });
});
