import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { exportEncoderInput } from '../../../src-main/contract/exports.ts';
import { trainAgainInput } from '../../../src-main/contract/train-again.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { runExportEncoderJob } from '../../../src-main/engine/exchange/encoder-files/export-encoder-job.ts';
import { decodeModel } from '../../../src-main/engine/onnx/model-message.ts';
import { tensorValues } from '../../../src-main/engine/onnx/tensor-values.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { add, embed } from '../encoders/loaded/encoder-jobs.ts';
import { featuresOutput, ints, pixels, side, weights } from '../encoders/loaded/test-models.ts';
import { graphFolder, layersFolder } from '../encoders/loaded/tfjs-folders.ts';
import { writeOnnx } from '../encoders/loaded/write-onnx.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const fixture = (name: string): string =>
  join(import.meta.dirname, '../../fixtures/tuned-onnx', `${name}.onnx`);

const tuning: TrainInput = {
  ...{ ...smallTraining, size: undefined, epochs: 1 },
  ...{ encoder: 'finetune', on: 'net' },
};

async function libraryWith(path: string): Promise<Library> {
  const library = await scannedLibrary();
  await add(library, { path, name: 'net' });
  return library;
}

async function train(library: Library, job: number, input: TrainInput) {
  const { run } = await runTrainJob(testContext({ library, job }), input);
  return findRun(library, run);
}

function h(library: Library, hash: string): Float32Array {
  return readEmbeddings(library, hash, 'h', presentSampleIds(library)).vectors;
}

const gap = (one: Float32Array, other: ArrayLike<number>): number =>
  one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at]!)), 0);

const tensorsOf = (library: Library, run: number) =>
  decodeCheckpoint(latestCheckpoint(library, run)!.weights).tensors;

describe('fine-tuning an encoder that was added', () => {
  it.each(['resnet', 'mobilenet', 'convnext', 'vit', 'clip', 'siglip'])(
    'begins at the vectors of %s, with its preprocessing and pooling',
    async (name) => {
      const library = await libraryWith(fixture(name));
      const embedded = await embed(library, 'net');
      const run = await train(library, 9, { ...tuning, learningRate: 1e-12 });
      expect(run.settings).toMatchObject({
        ...{ size: 32, head: 'none', temperature: 0.1 },
        tuned: { on: 'net', name: 'net', loaded: 'net', hash: null },
      });
      const loaded = findRun(library, embedded.run);
      expect(gap(h(library, run.weightsHash!), h(library, loaded.weightsHash!))).toBeLessThan(1e-4);
      expect(trainAgainInput(run, 'ignore', 96)).toMatchObject({ encoder: 'finetune', on: 'net' });
    },
  );

  it('trains the layers from the chosen one on, goes on from its run, and ends as one file', async () => {
    const library = await libraryWith(fixture('vit'));
    const run = await train(library, 2, { ...tuning, trainFrom: 'blocks.1' });
    const names = tensorsOf(library, run.id).map((tensor) => tensor.name);
    expect(names.filter((name) => name.startsWith('network.blocks.0'))).toEqual([]);
    expect(names).toContain('network.blocks.1.norm1.weight');
    expect(names.at(-1)).toBe('adapter.linear.weight');

    const file = join(temporaryFolder(), 'tuned.onnx');
    const context = testContext({ library, job: 3 });
    await runExportEncoderJob(context, exportEncoderInput.parse({ run: run.id, file }));
    const session = await InferenceSession.create(await readFile(file));
    // Any number of pictures, although the class token is copied for each of them.
    const black = new Tensor('uint8', new Uint8Array(5 * 32 * 32 * 3), [5, 32, 32, 3]);
    expect((await session.run({ images: black }))['h']!.dims).toEqual([5, 16]);
    await session.release();
    await add(library, { path: file, name: 'exported' });
    const exported = findRun(library, (await embed(library, 'exported')).run);
    expect(gap(h(library, exported.weightsHash!), h(library, run.weightsHash!))).toBeLessThan(1e-4);

    const slow = { ...tuning, on: run.id, objective: 'debiased' as const, learningRate: 1e-12 };
    const second = await train(library, 4, slow);
    expect(second.settings['tuned']).toMatchObject({
      on: run.id,
      trainFrom: 'blocks.1',
      loaded: 'net',
    });
    for (const [at, { values }] of tensorsOf(library, second.id).entries()) {
      const before = tensorsOf(library, run.id)[at]!.values as Float32Array;
      expect(gap(values as Float32Array, before)).toBeLessThan(1e-6);
    }
  });

  it('trains low-rank updates of its linear layers, which a file has merged into the weights', async () => {
    const library = await libraryWith(fixture('clip'));
    const loaded = findRun(library, (await embed(library, 'net')).run);
    const run = await train(library, 2, { ...tuning, trainFrom: 'stem', lora: 3 });
    expect(run.settings['tuned']).toMatchObject({ loaded: 'net', lora: 3 });
    expect(trainAgainInput(run, 'ignore', 96)).toMatchObject({ lora: 3 });
    const tensors = tensorsOf(library, run.id);
    const { graph } = decodeModel(await readFile(fixture('clip')));
    const kept = tensors.filter(({ name }) => name.startsWith('network.') && !/lora/.test(name));
    for (const { name, values } of kept) {
      const stored = graph.initializer.find((one) => `network.${one.name}` === name)!;
      expect(gap(values as Float32Array, tensorValues(stored).values)).toBe(0);
    }
    const lefts = tensors.filter(({ name }) => name.endsWith('.lora.left'));
    // Six matrices of each of two layers, and the projection; stored as [outputs, inputs].
    expect(lefts.map(({ shape }) => shape.join(' x '))).toEqual([
      ...['16 x 3', '16 x 3', '16 x 3', '16 x 3', '32 x 3', '16 x 3'],
      ...['16 x 3', '16 x 3', '16 x 3', '16 x 3', '32 x 3', '16 x 3'],
      '10 x 3',
    ]);
    expect(lefts.every(({ values }) => values.some((value) => value !== 0))).toBe(true);
    expect(gap(h(library, run.weightsHash!), h(library, loaded.weightsHash!))).toBeGreaterThan(
      1e-4,
    );

    const file = join(temporaryFolder(), 'merged.onnx');
    const input = exportEncoderInput.parse({ run: run.id, file });
    await runExportEncoderJob(testContext({ library, job: 3 }), input);
    const merged = await readFile(file);
    const shapes = decodeModel(merged).graph.initializer.map(({ dims }) => dims.join(' x '));
    expect(shapes.filter((shape) => /^(?:\d+ x 3|3 x \d+)$/.test(shape))).toEqual([]);
    await add(library, { path: file, name: 'merged' });
    const exported = findRun(library, (await embed(library, 'merged')).run);
    expect(gap(h(library, exported.weightsHash!), h(library, run.weightsHash!))).toBeLessThan(1e-4);

    const second = await train(library, 5, { ...tuning, on: run.id, learningRate: 1e-12 });
    expect(gap(h(library, second.weightsHash!), h(library, run.weightsHash!))).toBeLessThan(1e-4);
    const cnn = await libraryWith(fixture('resnet'));
    await expect(train(cnn, 3, { ...tuning, lora: 3 })).rejects.toThrow(/Net has no linear layers/);
  });

  it('may go on from a TensorFlow.js graph model, not from a layers model', async () => {
    const library = await libraryWith(graphFolder());
    const embedded = findRun(library, (await embed(library, 'net')).run);
    const slow = { ...tuning, learningRate: 1e-12 };
    const run = await train(library, 9, slow);
    expect(gap(h(library, run.weightsHash!), h(library, embedded.weightsHash!))).toBeLessThan(1e-4);
    expect(run.settings['tuned']).toMatchObject({ trainFrom: 'block_2' });
    expect(tensorsOf(library, run.id)[0]!.name).toMatch(/^network\.net\/block_2_conv/);

    await add(library, { path: await layersFolder(), name: 'layers' });
    await expect(train(library, 10, { ...tuning, on: 'layers' })).rejects.toThrow(
      /is a TensorFlow\.js layers model, through which nothing is trained here: write it as a graph/,
    );
  });

  it('goes on from an adapter on it, with the network below', async () => {
    const library = await libraryWith(fixture('resnet'));
    const adapter = await train(library, 2, {
      ...{ ...smallTraining, encoder: 'adapter', on: 'net', views: 2, epochs: 1 },
    });
    const run = await train(library, 3, { ...tuning, on: adapter.id, learningRate: 1e-12 });
    expect(gap(h(library, run.weightsHash!), h(library, adapter.weightsHash!))).toBeLessThan(1e-4);
  });

  it.each<[string, Partial<TrainInput>]>([
    ['mobilenet', { trainFrom: 'features.0' }],
    ['vit', { trainFrom: 'blocks.1', lora: 2 }],
  ])('ends at the same weights when a tuning of %s is killed and goes on', async (name, change) => {
    const two = { ...tuning, epochs: 2, ...change };
    const undisturbed = await train(await libraryWith(fixture(name)), 2, two);
    const library = await libraryWith(fixture(name));
    let breaths = 0;
    const killed = testContext({
      ...{ library, job: 2 },
      onReport: ({ message }) => {
        if (message.startsWith('Epoch 2')) breaths += 1;
        if (breaths === 2) throw new Error('killed');
      },
    });
    await expect(runTrainJob(killed, two)).rejects.toThrow('killed');
    const resumed = await train(library, 2, two);
    expect(resumed.weightsHash).toBe(undisturbed.weightsHash);
  });

  it('says in a sentence what is gone, changed, or not trained through', async () => {
    const path = join(temporaryFolder(), 'net.onnx');
    await copyFile(fixture('resnet'), path);
    const library = await libraryWith(path);
    let job = 2;
    const started = (change: Partial<TrainInput>) =>
      train(library, (job += 1), { ...tuning, ...change });
    await expect(started({ size: 64 })).rejects.toThrow(/"net" is tuned on pictures of 32 pixels/);
    await expect(started({ trainFrom: 'layer9' })).rejects.toThrow(/no layer "layer9".*layer2\.1/);
    await expect(started({ objective: 'cmc' })).rejects.toThrow(/Net takes whole colours/);
    await writeFile(path, await readFile(fixture('mobilenet')));
    await add(library, { path: fixture('vit'), name: 'other' });
    await started({ on: 'other' });
    await expect(started({})).rejects.toThrow(/net\.onnx of the encoder "net" has other weights/);
    await rm(path);
    await expect(started({})).rejects.toThrow(/"net" was at .*net\.onnx, which is gone/);
  });

  it('names the operators that it does not train through', async () => {
    const path = writeOnnx(join(temporaryFolder(), 'odd.onnx'), {
      inputs: [pixels()],
      outputs: [featuresOutput()],
      tensors: [weights('filters', [16, 3, 3, 3], 1)],
      nodes: [
        { op: 'Conv', in: ['pixel_values', 'filters'], out: ['conv'], with: { strides: [2, 2] } },
        { op: 'Sinh', in: ['conv'], out: ['odd'] },
        { op: 'GlobalAveragePool', in: ['odd'], out: ['pool'] },
        { op: 'Flatten', in: ['pool'], out: ['features'] },
      ],
    });
    const library = await libraryWith(path);
    await expect(train(library, 2, tuning)).rejects.toThrow(
      /has the operator Sinh, through which nothing is trained here; train a head or an adapter/,
    );
  });

  it('refuses a file that fixes how many pictures it takes', async () => {
    const path = writeOnnx(join(temporaryFolder(), 'one.onnx'), {
      inputs: [pixels([1, 3, side, side])],
      outputs: [featuresOutput([1, 16])],
      tensors: [weights('filters', [16, 3, 3, 3], 1), ints('shape', [1, 16])],
      nodes: [
        { op: 'Conv', in: ['pixel_values', 'filters'], out: ['conv'], with: { strides: [2, 2] } },
        { op: 'GlobalAveragePool', in: ['conv'], out: ['pool'] },
        { op: 'Reshape', in: ['pool', 'shape'], out: ['features'] },
      ],
    });
    const library = await libraryWith(path);
    await expect(train(library, 2, tuning)).rejects.toThrow(
      /one\.onnx cannot be trained further here: it fixes how many pictures it takes/,
    );
  });
});
