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
import {
  applyWhitening,
  fitWhitening,
} from '../../../../src-main/engine/encoders/starter/whitening.ts';

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
    x.reduce((sum, value, at) => sum + value * y[at]!, 0);
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

describe('whitening', () => {
  it('finds known directions, whatever the mean, and scales them by 1 / sqrt(deviation)', () => {
    const [count, dimensions] = [400, 6];
    const wave = (row: number, column: number): number =>
      Math.sqrt(2) * Math.cos((2 * Math.PI * (column + 1) * row) / count);
    // Columns that are exactly uncorrelated, with deviations 6, 5, … 1 and mean 10.
    const features = Float32Array.from({ length: count * dimensions }, (_, at) => {
      const column = at % dimensions;
      return 10 + (dimensions - column) * wave(Math.floor(at / dimensions), column);
    });
    const whitening = fitWhitening(features, count, dimensions, 3);
    expect([...whitening.mean].every((value) => Math.abs(value - 10) < 1e-5)).toBe(true);
    for (let row = 0; row < 3; row += 1) {
      const direction = whitening.directions.subarray(row * dimensions, (row + 1) * dimensions);
      for (const [column, value] of direction.entries()) {
        const wanted = column === row ? 1 / Math.sqrt(dimensions - column) : 0;
        expect(Math.abs(value)).toBeCloseTo(wanted, 5);
      }
    }
    const whitened = applyWhitening(whitening, features, count);
    const length = whitened.subarray(0, 3).reduce((sum, value) => sum + value * value, 0);
    expect(length).toBeCloseTo(1, 5);
  });

  it('keeps fewer directions where there are fewer pictures, and no number is lost', () => {
    const features = Float32Array.from({ length: 3 * 8 }, (_, at) => (at * 7) % 5);
    const whitening = fitWhitening(features, 3, 8, 128);
    expect(whitening.outputDimensions).toBe(2);
    expect(applyWhitening(whitening, features, 3).every(Number.isFinite)).toBe(true);
  });
});
