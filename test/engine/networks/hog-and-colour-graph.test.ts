import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ProgramSpec } from '../../../src-main/engine/graph/program.ts';
import { colourHistograms } from '../../../src-main/engine/networks/colour-histograms.ts';
import { colourHistogramsGraph } from '../../../src-main/engine/networks/colour-histograms-graph.ts';
import {
  hogAndColour,
  hogDimensions,
  hogSide,
} from '../../../src-main/engine/networks/hog-and-colour.ts';
import { hogAndColourGraph } from '../../../src-main/engine/networks/hog-and-colour-graph.ts';
import { orientedGradientsGraph } from '../../../src-main/engine/networks/oriented-gradients-graph.ts';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { runOn } from '../graph/compare-devices.ts';
import { openCvPicture, picture } from './hog-pictures.ts';

/** The outputs for pictures, by ONNX Runtime and by tfjs. */
async function valuesOf(
  build: (pictures: tf.Tensor4D) => tf.Tensor2D,
  pictures: readonly Uint8Array[],
  devices = ['cpu', 'tfjs-cpu'],
): Promise<Float32Array[]> {
  const shape = [pictures.length, hogSide, hogSide, 3];
  const spec: ProgramSpec = {
    name: 'hog',
    inputs: [{ name: 'images', shape, dtype: 'uint8' }],
    build: ({ images }) => ({ rows: build(images!.toFloat() as tf.Tensor4D) }),
  };
  const images = Uint8Array.from(Buffer.concat(pictures));
  const found: Float32Array[] = [];
  for (const device of devices) {
    found.push((await runOn(device, spec, { images }))['rows']!.values as Float32Array);
  }
  return found;
}

function worst(found: Float32Array, expected: ArrayLike<number>): number {
  expect(found).toHaveLength(expected.length);
  const differences = found.map((value, index) => Math.abs(value - expected[index]!));
  // A value that is no number would be lost in a maximum.
  expect(differences.every(Number.isFinite)).toBe(true);
  return differences.reduce((most, value) => Math.max(most, value), 0);
}

function emoji(): Promise<Uint8Array[]> {
  const files = readdirSync(emojiFolder, { recursive: true }).map(String);
  return Promise.all(
    files
      .filter((file) => file.endsWith('.png'))
      .map((file) =>
        sharp(join(emojiFolder, file))
          .flatten({ background: 'white' })
          .resize(hogSide, hogSide, { fit: 'cover' })
          .raw()
          .toBuffer(),
      ),
  );
}

const made = {
  'one colour': picture((_x, _y, channel) => [200, 90, 30][channel]!),
  black: picture(() => 0),
  white: picture(() => 255),
  'one dark dot': picture((x, y) => (x === 20 && y === 21 ? 254 : 255)),
  'the same slope across and down in two channels: the first counts': picture((x, y, channel) =>
    channel === 2 ? 0 : 4 * (channel === 0 ? x : y),
  ),
  // √200 - √98 = √32 - √2; as the roots are rounded, the second is larger by less than its square can tell.
  'two channels with steps that differ by a rounding': picture((x, y, channel) => {
    const isFar = (channel === 0 ? x : y) % 4 > 1;
    return [isFar ? 200 : 98, isFar ? 32 : 2, 0][channel]!;
  }),
  'edges straight up, at the border too': picture((x) => (x < 1 || x > 24 ? 255 : 7)),
  noise: picture((x, y, channel) => (x * 7919 + y * 104729 + channel * 1299709 + x * x * y) % 256),
};

describe('HOG and colour as a graph', () => {
  it('has OpenCV’s oriented gradients (fixtures/hog_opencv.py), whose arc tangent is approximate', async () => {
    const { rgb, expected } = openCvPicture();
    for (const found of await valuesOf(orientedGradientsGraph, [rgb])) {
      expect(worst(found, expected)).toBeLessThan(1e-3);
    }
  });

  it('has the same colours as the loops', async () => {
    const { rgb } = openCvPicture();
    for (const found of await valuesOf(colourHistogramsGraph, [rgb])) {
      // Roots of counts up to 576.
      expect(worst(found, colourHistograms(rgb, hogSide))).toBeLessThan(2e-4);
    }
  });

  it.each(Object.entries(made))('is what the loops give: %s', async (_, rgb) => {
    for (const found of await valuesOf(hogAndColourGraph, [rgb])) {
      expect(worst(found, hogAndColour(rgb))).toBeLessThan(1e-5);
    }
  });

  it('is what the loops give of real pictures', async () => {
    const pictures = await emoji();
    expect(pictures.length).toBeGreaterThan(90);
    const [found] = await valuesOf(hogAndColourGraph, pictures, ['cpu']);
    for (const [row, rgb] of pictures.entries()) {
      const own = found!.subarray(row * hogDimensions, (row + 1) * hogDimensions);
      expect(worst(own, hogAndColour(rgb))).toBeLessThan(1e-5);
    }
  });
});
