import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  createStarterProgram,
  starterDimensions,
  starterSide,
} from '../../../../src-main/engine/encoders/starter/starter-network.ts';

const require = createRequire(import.meta.url);
const models = join(dirname(require.resolve('@vladmandic/human')), '../models');
const modelJson = readFileSync(join(models, 'centernet.json'), 'utf8');
const weightBytes = readFileSync(join(models, 'centernet.bin'));
const emoji = join(import.meta.dirname, '../../../fixtures/emoji');

async function decode(name: string): Promise<Uint8Array> {
  return sharp(join(emoji, name))
    .resize(starterSide, starterSide, { fit: 'cover' })
    .flatten({ background: 'white' })
    .raw()
    .toBuffer();
}

function cosine(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, index) => sum + value * y[index]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

describe('the starter encoder', () => {
  it('gives four unit vectors a picture, alike on ONNX Runtime and on tfjs', async () => {
    const images = await decode('food-fruit/1f34a__noto.png');
    const outputs = [];
    for (const device of ['cpu', 'tfjs-cpu']) {
      const program = await createStarterProgram(modelJson, weightBytes, 1, device);
      outputs.push((await program.run({ images }))['features']!);
      await program.dispose();
    }
    const [traced, eager] = outputs.map(({ values }) => values as Float32Array) as [
      Float32Array,
      Float32Array,
    ];
    expect(outputs[0]!.shape).toEqual([1, starterDimensions]);
    expect(cosine(traced, eager)).toBeGreaterThan(0.99999);
    expect(traced.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(4, 4);
  });

  it('finds the same fruit drawn by another vendor nearer than a cat', async () => {
    const names = [
      'food-fruit/1f34a__noto.png',
      'food-fruit/1f34a__fluent-emoji-flat.png',
      'transport-ground/1f682__noto.png',
    ];
    const program = await createStarterProgram(modelJson, weightBytes, names.length, 'cpu');
    const images = Buffer.concat(await Promise.all(names.map(decode)));
    const { values } = (await program.run({ images: new Uint8Array(images) }))['features']!;
    const [fruit, sameFruit, train] = names.map((_, row) =>
      (values as Float32Array).subarray(row * starterDimensions, (row + 1) * starterDimensions),
    );
    expect(cosine(fruit!, sameFruit!)).toBeGreaterThan(cosine(fruit!, train!));
    await program.dispose();
  });

  it.each(['no json', '{"modelTopology": {"node": []}}'])('refuses %s', async (text) => {
    await expect(createStarterProgram(text, weightBytes, 1, 'cpu')).rejects.toMatchObject({
      code: 'bad-argument',
    });
  });
});
