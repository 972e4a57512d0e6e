import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { shrunkPicturesGraph } from '../../../../src-main/engine/encoders/joined/shrunk-pictures-graph.ts';
import type { ProgramSpec } from '../../../../src-main/engine/graph/program.ts';
import { resizePixels } from '../../../../src-main/engine/pictures/resize-pixels.ts';
import { emojiFolder } from '../../../contract/engine-shells.ts';
import { runOn } from '../../graph/compare-devices.ts';
import { noise } from '../../pictures/made-pictures.ts';

const [from, to] = [224, 48];

function pixels(path: string): Promise<Uint8Array> {
  const picture = sharp(join(emojiFolder, path)).flatten({ background: 'white' });
  return picture.resize(from, from, { fit: 'cover' }).raw().toBuffer();
}

it('shrinks to the same bytes as `resizePixels`, which is Pillow’s', async () => {
  const pictures = [
    await pixels('food-fruit/1f34a__noto.png'),
    await noise(from, from, 7).raw().toBuffer(),
    // Sums that are a half, where rounding decides.
    Uint8Array.from({ length: from * from * 3 }, (_, offset) => (offset % 2 ? 255 : 0)),
    new Uint8Array(from * from * 3).fill(255),
  ];
  const spec: ProgramSpec = {
    name: 'shrunk',
    inputs: [{ name: 'images', shape: [pictures.length, from, from, 3], dtype: 'uint8' }],
    build: ({ images }) => ({ small: shrunkPicturesGraph(images!.toFloat() as tf.Tensor4D, to) }),
  };
  const side = { width: to, height: to };
  const expected = pictures.map((rgb) =>
    resizePixels(
      rgb,
      { width: from, height: from },
      { to: side, part: { left: 0, top: 0, ...side }, kernel: 'linear' },
    ),
  );
  const images = Uint8Array.from(Buffer.concat(pictures));
  for (const device of ['cpu', 'tfjs-cpu']) {
    const { small } = await runOn(device, spec, { images });
    expect(small!.shape).toEqual([pictures.length, to, to, 3]);
    expect(Buffer.from(Uint8Array.from(small!.values))).toEqual(Buffer.concat(expected));
  }
});
