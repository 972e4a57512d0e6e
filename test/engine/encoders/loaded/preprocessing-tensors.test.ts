import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Library } from '../../../../src-main/engine/store/library-file.ts';
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
  readonly tensors: readonly {
    readonly picture: string;
    readonly width: number;
    readonly height: number;
    /** [3, 12, 12] of [3, height, width], float32. */
    readonly samples: string;
  }[];
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/preprocessing-pillow.json'), 'utf8'),
) as { pictures: Record<string, [number, number]>; cases: GoldenCase[] };
const samplesPerSide = 12;
/** libvips and Pillow round differently. */
const tolerance = 2;

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

async function pictureLibrary(): Promise<Library> {
  const folder = temporaryFolder();
  for (const [name, size] of Object.entries(golden.pictures)) {
    await writePicture(join(folder, `${name}.png`), size);
  }
  const library = temporaryLibrary();
  await scan(library, folder);
  return library;
}

function modelFolder({ files }: GoldenCase): string {
  const folder = join(temporaryFolder(), 'encoder');
  mkdirSync(folder);
  for (const [file, json] of Object.entries(files)) {
    writeFileSync(join(folder, file), JSON.stringify(json));
  }
  return dirname(writeOnnx(join(folder, 'model.onnx'), pictureModel));
}

/** The tensor that the product gave the encoder, from the unit vector of tensor and 1. */
function fedTensor(library: Library, identity: string, picture: string): Float32Array {
  const id = [...presentSampleIds(library)].find(
    (each) => presentPicture(library, each)?.path === `${picture}.png`,
  );
  const { vectors } = readEmbeddings(library, identity, 'h', Uint32Array.of(id!));
  return vectors.subarray(0, -1).map((value) => value / vectors.at(-1)!);
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
  it.each(golden.cases)('$name', async (each) => {
    const library = await pictureLibrary();
    const added = await add(library, { path: modelFolder(each), name: each.name });
    await embed(library, each.name);
    for (const { picture, width, height, samples } of each.tensors) {
      const { preprocessing } = added.description;
      expect([preprocessing.width, preprocessing.height]).toEqual([width, height]);
      const fed = sampled(fedTensor(library, added.identity, picture), width, height);
      const wanted = new Float32Array(new Uint8Array(Buffer.from(samples, 'base64')).buffer);
      const levels = fed.map(
        (value, index) =>
          Math.abs(value - wanted[index]!) / each.level[Math.floor(index / samplesPerSide ** 2)]!,
      );
      expect(Math.max(...levels), picture).toBeLessThanOrEqual(tolerance + 0.01);
    }
  });
});
