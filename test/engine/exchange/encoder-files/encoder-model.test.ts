import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Embedder } from '../../../../src-main/engine/encoders/trained/embedder.ts';
import { trainedEncoders } from '../../../../src-main/engine/networks/trainable-encoder.ts';
import { elementCount, startValues } from '../../../../src-main/engine/networks/weights.ts';
import { encoderModel } from '../../../../src-main/engine/exchange/encoder-files/encoder-model.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import { anyBatch } from '../../../../src-main/engine/onnx/any-batch.ts';
import { readEmbeddings } from '../../../../src-main/engine/store/embeddings.ts';
import { readPixels } from '../../../../src-main/engine/store/pixels.ts';
import { findRun } from '../../../../src-main/engine/store/runs.ts';
import { runToState } from '../../../contract/wait-for-job.ts';
import { openTrainedLibrary } from '../trained-library.ts';
import type { TrainedLibrary } from '../trained-library.ts';

let trained: TrainedLibrary;
let file: string;

beforeAll(async () => {
  trained = await openTrainedLibrary();
  file = join(trained.out, 'encoder.onnx');
  const status = await runToState(trained.engine, 'exportEncoder', { run: 1, file });
  expect(status.error).toBeNull();
});

afterAll(async () => {
  await trained.close();
});

it.each([1, 7, 96])('gives the library’s embeddings, %i pictures at once', async (count) => {
  const { library } = trained;
  const { ids } = await trained.engine.call('library.samples', {});
  const chosen = ids.subarray(0, count);
  const session = await InferenceSession.create(file);
  const images = new Tensor('uint8', readPixels(library, chosen, 16), [count, 16, 16, 3]);
  const outputs = await session.run({ images });
  const { weightsHash } = findRun(library, 1);
  for (const [space, length] of [
    ['h', 128],
    ['z', 64],
  ] as const) {
    const output = outputs[space]!;
    expect(output.dims).toEqual([count, length]);
    const { vectors } = readEmbeddings(library, weightsHash ?? '', space, chosen);
    const values = output.data as Float32Array;
    const worst = values.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - vectors[index]!)),
      0,
    );
    expect(worst).toBeLessThan(1e-4);
  }
});

it.each(Object.values(trainedEncoders))(
  'writes every encoder for any batch: $name',
  async (encoder) => {
    const size = 16;
    const random = seedRandom(5);
    const flat = {
      weights: startValues(encoder.specs, 'trainable', random),
      statistics: startValues(encoder.specs, 'statistic', random),
    };
    const offset = { trainable: 0, statistic: 0 };
    const tensors = encoder.specs.map(({ name, shape, kind }) => {
      const source = kind === 'trainable' ? flat.weights : flat.statistics;
      const start = offset[kind];
      offset[kind] += elementCount(shape);
      return { name, shape, values: source.slice(start, offset[kind]) };
    });
    const pixels = readPixels(trained.library, Uint32Array.of(1, 2, 3, 4), size);
    const embedder = await Embedder.create({ encoder, batch: 4, size }, 'cpu');
    const expected = await embedder.embed(flat, pixels, () => Promise.resolve());
    await embedder.dispose();
    const session = await InferenceSession.create(encoderModel(encoder, tensors, size, {}));
    for (const count of [1, 4]) {
      const images = new Tensor('uint8', pixels.slice(0, count * size * size * 3), [
        count,
        size,
        size,
        3,
      ]);
      const outputs = await session.run({ images });
      for (const space of ['h', 'z'] as const) {
        const values = outputs[space]!.data as Float32Array;
        const worst = values.reduce(
          (most, value, index) => Math.max(most, Math.abs(value - expected[space][index]!)),
          0,
        );
        expect(worst).toBeLessThan(1e-4);
      }
    }
  },
);

it('is read with its own metadata when it is added again, and gives the same vectors', async () => {
  const { engine, library } = trained;
  const added = await runToState(engine, 'addEncoder', { path: file, device: 'cpu' });
  expect(added.error).toBeNull();
  expect(added.result).toMatchObject({
    description: {
      output: { name: 'h', pooling: 'vector' },
      preprocessing: { mode: 'cover', width: 16, height: 16, kernel: 'lanczos3', scale: 1 },
      preprocessingReason: expect.stringMatching(/^Read from the file itself/) as string,
      assumptions: [],
    },
  });
  const { error } = await runToState(engine, 'embed', { encoder: 'encoder', device: 'cpu' });
  expect(error).toBeNull();
  const { ids } = await engine.call('library.samples', {});
  const vectorsOf = (run: number | string): Float32Array =>
    readEmbeddings(library, findRun(library, run).weightsHash ?? '', 'h', ids).vectors;
  const own = vectorsOf(1);
  const again = vectorsOf('encoder');
  expect(again).toHaveLength(96 * 128);
  const worst = again.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - own[index]!)),
    0,
  );
  expect(worst).toBeLessThan(1e-4);
});

it('says what it is, in the file and beside it', async () => {
  const bytes = await readFile(file);
  const run = findRun(trained.library, 1);
  for (const text of ['weights_sha256', run.weightsHash!, '"epochs":2', 'resnet8']) {
    expect(bytes.includes(text)).toBe(true);
  }
  const card = await readFile(join(trained.out, 'encoder.md'), 'utf8');
  expect(card).toContain(run.weightsHash);
  expect(card).toMatch(/\| Pictures of the library \| 96 \|/);
  expect(card).toMatch(/\| knn \| 0\.\d+ \|/);
  expect(card).toMatch(/\| `images` \| uint8 RGB, \[batch, 16, 16, 3\]/);
});

const hasPythonOnnx = spawnSync('python3', ['-c', 'import onnx']).status === 0;
it.runIf(hasPythonOnnx)('passes the checker of Python’s onnx (needs python3-onnx)', () => {
  const script = 'import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]), True)';
  expect(spawnSync('python3', ['-c', script, file]).status).toBe(0);
});

it('refuses an encoder that was not trained here, and a graph that knows its batch', async () => {
  await runToState(trained.engine, 'embed', { encoder: 'pixels' });
  const other = join(trained.out, 'other.onnx');
  const { error } = await runToState(trained.engine, 'exportEncoder', {
    run: 'pixels',
    file: other,
  });
  expect(error?.message).toMatch(/"pixels" was not trained here/);
  const graph = (batch: number) => ({
    ...{ name: 'tiled', inputs: [], outputs: [] },
    nodes: [{ operator: 'Tile', inputs: ['x', 'n'], outputs: ['y'], attributes: {} }],
    initialisers: [
      {
        name: 'n',
        type: 'int64' as const,
        dims: [1],
        bytes: new Uint8Array(BigInt64Array.of(BigInt(batch)).buffer),
      },
    ],
  });
  expect(() => anyBatch(graph(3), graph(5))).toThrow(/cannot be written for batches of any size/);
});
