import { globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { commandLineOptions } from '../../src-main/cli/command-line-options.ts';
import { runJob } from '../../src-main/cli/run-job.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import type { Engine } from '../../src-main/engine/engine.ts';
import { convModel, pixels } from '../engine/encoders/loaded/test-models.ts';
import { writeOnnx } from '../engine/encoders/loaded/write-onnx.ts';
import type { TestModel } from '../engine/encoders/loaded/write-onnx.ts';
import { deepModel } from './deep-model.ts';

const drawings = globSync(join(import.meta.dirname, '../fixtures/emoji/*/*.png'));
const silent = { show: () => undefined, end: () => undefined };
const side = 224;
/** Pictures of 500 x 375 px: three of each drawing, by quality. */
const qualities = [80, 85, 90];
const rounds = 3;

interface EncoderSpeed {
  readonly pictures: number;
  readonly batch: number;
  /** Reading, decoding, resizing, inference and saving; the median of the rounds. */
  readonly picturesPerSecond: number;
  /** Of the same model on ready batches, between those rounds. */
  readonly onnxRuntimeAlone: number;
  readonly ratio: number;
}

export interface LoadedEncoderFigures {
  /** A net of a ResNet-18's cost. */
  readonly deep: EncoderSpeed;
  /** One convolution: it takes longer to decode a picture than to embed it. */
  readonly tiny: EncoderSpeed;
  readonly peakMegabytes: number;
}

/** Embedding by loaded encoders against ONNX Runtime alone on the same batches, turn by turn. */
export async function benchLoadedEncoder(): Promise<LoadedEncoderFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  const engine = createEngine({ ...commandLineOptions(), dataFolder: folder });
  try {
    await makePictures(join(folder, 'pictures'));
    await engine.call('library.open', { file: join(folder, 'library.sqlite') });
    await runJob(engine, 'scan', { folder: join(folder, 'pictures') }, silent);
    const tinyModel = { ...convModel, inputs: [pixels(['batch', 3, side, side])] };
    const deep = await speedOf(engine, join(folder, 'deep.onnx'), deepModel());
    const tiny = await speedOf(engine, join(folder, 'tiny.onnx'), tinyModel);
    return { deep, tiny, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}

async function makePictures(folder: string): Promise<void> {
  mkdirSync(folder);
  for (const [place, drawing] of drawings.entries()) {
    const large = sharp(drawing).flatten({ background: '#fff' }).resize(500, 375, { fit: 'fill' });
    for (const quality of qualities) {
      await large
        .clone()
        .jpeg({ quality })
        .toFile(join(folder, `${place}-${quality}.jpg`));
    }
  }
}

async function speedOf(engine: Engine, path: string, model: TestModel): Promise<EncoderSpeed> {
  writeOnnx(path, model);
  const speeds: number[] = [];
  const alone: number[] = [];
  let [pictures, batch] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    // Another scale is another encoder, so that nothing is known already.
    const scale = (1 + 1e-6 * round) / 255;
    const input = { path, device: 'cpu', preprocessing: { scale } };
    const { name, selfTest } = await runJob(engine, 'addEncoder', input, silent);
    batch = selfTest.batch;
    alone.push(await picturesPerSecondAlone(path, batch));
    const embedded = await runJob(engine, 'embed', { encoder: name, device: 'cpu' }, silent);
    pictures = embedded.embedded;
    speeds.push(embedded.imagesPerSecond);
  }
  const [picturesPerSecond, onnxRuntimeAlone] = [median(speeds), median(alone)];
  const ratio = median(speeds.map((speed, round) => speed / (alone[round] ?? NaN)));
  return { pictures, batch, picturesPerSecond, onnxRuntimeAlone, ratio };
}

async function picturesPerSecondAlone(path: string, batch: number): Promise<number> {
  const session = await InferenceSession.create(path);
  const shape = [batch, 3, side, side];
  const values = Float32Array.from({ length: batch * 3 * side * side }, (_, at) => (at % 7) - 3);
  const feeds = { pixel_values: new Tensor('float32', values, shape) };
  await session.run(feeds);
  const started = performance.now();
  let runs = 0;
  do {
    await session.run(feeds);
    runs++;
  } while (performance.now() - started < 5000);
  const seconds = (performance.now() - started) / 1000;
  await session.release();
  return (runs * batch) / seconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
