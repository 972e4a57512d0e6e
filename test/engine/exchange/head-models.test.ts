import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { exportEncoderInput } from '../../../src-main/contract/exports.ts';
import { findFrozenEncoder } from '../../../src-main/engine/encoders/find-frozen-encoder.ts';
import { frozenOf } from '../../../src-main/engine/encoders/embedding/frozen-record.ts';
import { decodePictures } from '../../../src-main/engine/pictures/decode-pictures.ts';
import { runExportEncoderJob } from '../../../src-main/engine/exchange/encoder-files/export-encoder-job.ts';
import { previewEncoderExport } from '../../../src-main/engine/exchange/encoder-files/encoder-to-export.ts';
import { DecodePool } from '../../../src-main/engine/pictures/decode-pool.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import type { Run } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { add, embed, smallLibrary, written } from '../encoders/loaded/encoder-jobs.ts';
import {
  bytesModel,
  convModel,
  halfModel,
  oldModel,
  oldSoftmaxModel,
  vitModel,
} from '../encoders/loaded/test-models.ts';
import type { TestModel } from '../encoders/loaded/write-onnx.ts';
import { layersFolder } from '../encoders/loaded/tfjs-folders.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { smallTraining, testContext } from '../training/job-contexts.ts';

const short = { ...smallTraining, epochs: 1, batch: 6, views: 2 };

/** Trains a head or an adapter on an encoder. */
async function head(library: Library, on: string | number, encoder: 'head' | 'adapter') {
  const context = testContext({ library, job: 5 });
  const { run } = await runTrainJob(context, { ...short, encoder, on });
  return findRun(library, run);
}

/** Writes a run's file; resolves to its path. */
async function exported(library: Library, run: Run): Promise<string> {
  const file = join(temporaryFolder(), 'head.onnx');
  const input = exportEncoderInput.parse({ run: run.id, file });
  await runExportEncoderJob(testContext({ library, job: 6 }), input);
  return file;
}

/** The first pictures of the library in RGB, resized for a run's encoder. */
async function picturesOf(library: Library, run: Run, sampleIds: Uint32Array) {
  const context = testContext({ library, job: 7 });
  const { on, hash } = frozenOf(run)!;
  const frozen = await findFrozenEncoder(context, on, hash);
  const pool = new DecodePool(library.file, 1);
  const { size } = frozen;
  const pictureLength = size * size * 3;
  const { taskOf } = frozen;
  const rgbTask: typeof taskOf = (path, sha) => {
    const task = taskOf(path, sha);
    return task.kind === 'resized'
      ? { ...task, resize: { ...task.resize, channels: 'rgb' } }
      : task;
  };
  const request = { library, pool, sampleIds, pictureLength, taskOf: rgbTask };
  const { pictures } = await decodePictures({ ...request, signal: context.signal }).finally(() =>
    pool.close(),
  );
  return { pictures, size };
}

/** ONNX Runtime alone against what the library keeps, at each batch. */
async function expectSame(library: Library, run: Run, file: string, batches = [1, 5]) {
  const session = await InferenceSession.create(file);
  for (const count of batches) {
    const ids = presentSampleIds(library).subarray(0, count);
    const { pictures, size } = await picturesOf(library, run, ids);
    const images = new Tensor('uint8', pictures, [count, size, size, 3]);
    const outputs = await session.run({ images });
    for (const [name, space, hash] of [
      ['h', 'h', run.weightsHash!],
      ['z', 'z', run.weightsHash!],
      ['features', 'h', frozenOf(run)!.hash],
    ] as const) {
      const { vectors, dimensions } = readEmbeddings(library, hash, space, ids);
      expect(outputs[name]!.dims).toEqual([count, dimensions]);
      const values = outputs[name]!.data as Float32Array;
      const worst = vectors.reduce(
        (most, value, index) => Math.max(most, Math.abs(value - values[index]!)),
        0,
      );
      expect(worst).toBeLessThan(1e-4);
    }
  }
  await session.release();
}

async function onModel(model: TestModel, more: object = {}, kind: 'head' | 'adapter' = 'head') {
  const library = await smallLibrary();
  const added = await add(library, { path: written(model), ...more });
  await embed(library, added.name);
  const run = await head(library, added.name, kind);
  return { library, run, added };
}

describe('a head with its encoder in one ONNX file gives the library’s embeddings', () => {
  it.each([
    ['pixels', 'head'],
    ['starter', 'adapter'],
    ['hog', 'head'],
    ['starter+hog', 'adapter'],
  ] as const)('on %s', async (on, kind) => {
    const library = await smallLibrary();
    const run = await head(library, on, kind);
    const file = await exported(library, run);
    await expectSame(library, run, file);
    const { bytes } = await readSize(library, run, file);
    expect(bytes.expected / bytes.written).toBeGreaterThan(0.5);
    expect(bytes.expected / bytes.written).toBeLessThan(2);
  });

  it('on a run that was trained here', async () => {
    const library = await smallLibrary();
    const context = testContext({ library, job: 4 });
    const base = await runTrainJob(context, { ...short, encoder: 'resnet8' });
    const run = await head(library, base.run, 'adapter');
    await expectSame(library, run, await exported(library, run));
  });

  it.each([
    ['a convolutional net', convModel, {}],
    ['another order of colours', convModel, { preprocessing: { channels: 'bgr' } }],
    ['half floats', halfModel, {}],
    ['bytes, channels last, a mean over positions', bytesModel, {}],
    ['tokens of opset 11', oldModel, {}],
    ['weights in a file beside it', { ...convModel, externalName: 'weights.bin' }, {}],
    ['[CLS]', vitModel, { output: { name: 'last_hidden_state', pooling: 'cls' }, ...sized() }],
    [
      'patches',
      vitModel,
      { output: { name: 'last_hidden_state', pooling: 'patches' }, ...sized() },
    ],
  ] as const)('on a loaded ONNX encoder: %s', async (_, model, more) => {
    const { library, run, added } = await onModel(model, more);
    const file = await exported(library, run);
    await expectSame(library, run, file);
    const card = await readFile(file.replace('.onnx', '.md'), 'utf8');
    expect(card).toContain(added.identity);
    expect(card).toMatch(/Head on \| /);
    expect(card).toMatch(/resizing and cutting are not\. Turn the picture upright/);
  });

  it('on one of a fixed batch, which stays fixed', async () => {
    const fixed = {
      ...convModel,
      inputs: [{ ...convModel.inputs[0]!, shape: [5, 3, 32, 32] }],
      outputs: [{ ...convModel.outputs[0]!, shape: [5, 16] }],
    };
    const { library, run } = await onModel(fixed);
    const file = await exported(library, run);
    await expectSame(library, run, file, [5]);
    expect(await readFile(file.replace('.onnx', '.md'), 'utf8')).toContain('uint8 RGB, [5, 32, 32');
  });

  it('on a TensorFlow.js model', async () => {
    const library = await smallLibrary();
    const added = await add(library, { path: await layersFolder() });
    const run = await head(library, added.name, 'adapter');
    await expectSame(library, run, await exported(library, run));
  });
});

it('refuses an encoder whose operators mean something else in the opset of the head', async () => {
  const { library, run } = await onModel(oldSoftmaxModel);
  await expect(exported(library, run)).rejects.toThrow(/gives other features than alone/);
});

function sized() {
  return { preprocessing: { resize: 32, width: 32, height: 32 } };
}

async function readSize(library: Library, run: Run, file: string) {
  const preview = await previewEncoderExport(testContext({ library, job: 8 }), run.id);
  return { bytes: { expected: preview.bytes, written: (await readFile(file)).length } };
}
