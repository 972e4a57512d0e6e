import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EncoderSession } from '../../../../src-main/engine/encoders/loaded/encoder-session.ts';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { newDecoding } from '../../../../src-main/contract/decoding.ts';
import { decodeResized } from '../../../../src-main/engine/pictures/decode-resized.ts';
import { readPicture } from '../../../../src-main/engine/pictures/read-picture.ts';
import { readEmbeddings } from '../../../../src-main/engine/store/embeddings.ts';
import { presentPicture, presentSampleIds } from '../../../../src-main/engine/store/samples.ts';
import { scan } from '../../pictures/scan.ts';
import { temporaryFolder, temporaryLibrary } from '../../store/temporary-library.ts';
import { add, embed } from './encoder-jobs.ts';
import { pictureModel } from './picture-model.ts';
import { writeOnnx } from './write-onnx.ts';

interface GoldenCase {
  readonly name: string;
  /** The files beside the model. */
  readonly files: Readonly<Record<string, object>>;
  /** The difference that one level of a byte makes, by channel. */
  readonly level: readonly number[];
  readonly tensors: readonly GoldenTensor[];
}
interface GoldenTensor {
  readonly picture: string;
  readonly width: number;
  readonly height: number;
  /** [3, 12, 12] of [3, height, width], float32. */
  readonly samples: string;
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/preprocessing-pillow.json'), 'utf8'),
) as { pictures: Record<string, [number, number]>; cases: GoldenCase[] };
const samplesPerSide = 12;
/** In levels of a byte: libvips and Pillow round differently. */
const tolerance = 2.01;

/** The picture of preprocessing_pillow.py, as a PNG file. */
async function writePicture(file: string, [width, height]: [number, number]): Promise<void> {
  const rgb = Buffer.alloc(width * height * 3);
  for (let index = 0; index < rgb.length; index++) {
    const channel = index % 3;
    const x = Math.floor(index / 3) % width;
    const y = Math.floor(index / 3 / width);
    const wave = (2 * x + (channel + 1) * y) % 510;
    const value = wave <= 255 ? wave : 510 - wave;
    rgb[index] = (Math.floor(x / 40) + Math.floor(y / 40)) % 3 === 0 ? 255 - value : value;
  }
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
}

function modelFolder({ files }: GoldenCase): string {
  const folder = join(temporaryFolder(), 'encoder');
  mkdirSync(folder);
  for (const [file, json] of Object.entries(files)) {
    writeFileSync(join(folder, file), JSON.stringify(json));
  }
  return dirname(writeOnnx(join(folder, 'model.onnx'), pictureModel));
}

/** The tensor in the unit vector of a tensor and 1. */
function fedTensor(vector: Float32Array): Float32Array {
  return vector.subarray(0, -1).map((value) => value / vector.at(-1)!);
}

/** The largest difference from the golden tensor, in levels of a byte. */
function largestDifference(
  { level }: GoldenCase,
  { width, height, samples }: GoldenTensor,
  vector: Float32Array,
): number {
  const fed = sampled(fedTensor(vector), width, height);
  const wanted = new Float32Array(new Uint8Array(Buffer.from(samples, 'base64')).buffer);
  const differences = fed.map(
    (value, index) =>
      Math.abs(value - wanted[index]!) / level[Math.floor(index / samplesPerSide ** 2)]!,
  );
  return Math.max(...differences);
}

function sampled(tensor: Float32Array, width: number, height: number): number[] {
  const places = (side: number): number[] =>
    Array.from({ length: samplesPerSide }, (_, index) =>
      Math.round((index * (side - 1)) / (samplesPerSide - 1)),
    );
  return [0, 1, 2].flatMap((channel) =>
    places(height).flatMap((y) =>
      places(width).map((x) => tensor[(channel * height + y) * width + x]!),
    ),
  );
}

describe('the tensor that an encoder is given, against Pillow', () => {
  let pictures = '';
  const fileOf = (name: string): string => join(pictures, `${name}.png`);
  beforeAll(async () => {
    pictures = mkdtempSync(join(tmpdir(), 'negatoscope-tensors-'));
    for (const [name, size] of Object.entries(golden.pictures)) {
      await writePicture(fileOf(name), size);
    }
  });
  afterAll(() => rmSync(pictures, { recursive: true, force: true }));

  it.each(golden.cases)('$name', async (each) => {
    const description = await inspectEncoder({ path: modelFolder(each) });
    const { preprocessing } = description;
    const encoder = await EncoderSession.open(description, 'cpu');
    for (const tensor of each.tensors) {
      expect(preprocessing).toMatchObject({ width: tensor.width, height: tensor.height });
      const { hash } = await readPicture(fileOf(tensor.picture));
      const bytes = await decodeResized(fileOf(tensor.picture), hash, preprocessing, newDecoding);
      const { vectors } = await encoder.embed(bytes, 1);
      expect(largestDifference(each, tensor, vectors), tensor.picture).toBeLessThan(tolerance);
    }
    await encoder.dispose();
  });

  it('is the same through a library', async () => {
    const each = golden.cases.find(({ name }) => name === 'MobileViT')!;
    const [tensor] = each.tensors;
    const library = temporaryLibrary();
    await scan(library, pictures);
    const { identity } = await add(library, { path: modelFolder(each) });
    await embed(library, 'encoder');
    const id = [...presentSampleIds(library)].find(
      (one) => presentPicture(library, one)?.path === `${tensor!.picture}.png`,
    );
    const { vectors } = readEmbeddings(library, identity, 'h', Uint32Array.of(id!));
    expect(largestDifference(each, tensor!, vectors)).toBeLessThan(tolerance);
  });
});
