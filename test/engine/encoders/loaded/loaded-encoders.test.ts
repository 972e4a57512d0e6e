import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { resizePixels } from '../../../../src-main/engine/pictures/resize-pixels.ts';
import { readEmbeddings } from '../../../../src-main/engine/store/embeddings.ts';
import { listEncoders } from '../../../../src-main/engine/store/encoders.ts';
import { findRun, listRuns } from '../../../../src-main/engine/store/runs.ts';
import { presentPicture, presentSampleIds } from '../../../../src-main/engine/store/samples.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { emojiFolder } from '../../training/job-contexts.ts';
import { add, embed, smallLibrary, written } from './encoder-jobs.ts';
import {
  bytesModel,
  convModel,
  featuresOutput,
  halfModel,
  pixels,
  side,
  vitModel,
  weights,
} from './test-models.ts';
import type { TestModel } from './write-onnx.ts';

/**
 * What ONNX Runtime alone gives for a file: resized as Pillow does it (resize-exactly.test.ts compares
 * that with Pillow), ImageNet's numbers, NCHW.
 */
async function byHand(model: string, output: string, picture: string): Promise<Float32Array> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const part = { left: 0, top: 0, width: side, height: side };
  const rgb = resizePixels(data, info, { to: part, part, kernel: 'linear' });
  const [mean, std] = [
    [0.485, 0.456, 0.406],
    [0.229, 0.224, 0.225],
  ] as const;
  const values = Float32Array.from({ length: rgb.length }, (_, index) => {
    const channel = Math.floor(index / (side * side));
    return (rgb[3 * (index % (side * side)) + channel]! / 255 - mean[channel]!) / std[channel]!;
  });
  const session = await InferenceSession.create(model);
  const input = new Tensor('float32', values, [1, 3, side, side]);
  const result = (await session.run({ pixel_values: input }))[output]!;
  return result.data as Float32Array;
}

function cosine(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, index) => sum + value * y[index]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

const imageNetStretched = { mode: 'stretch', resize: side } as const;

describe('an ONNX encoder', () => {
  it('gives the vectors that ONNX Runtime gives alone, and is a run like any other', async () => {
    const library = await smallLibrary();
    const path = written(convModel, 'little.onnx');
    const added = await add(library, { path, preprocessing: imageNetStretched });
    expect(added).toMatchObject({ name: 'little', known: false, present: true });
    expect(added.selfTest.checks.map(({ name, passed }) => [name, passed])).toEqual([
      ['finite', true],
      ['not constant', true],
      ['batch = single', true],
    ]);
    expect(added.selfTest).toMatchObject({ device: 'cpu', dimensions: 16, batch: 16 });

    const result = await embed(library, 'little');
    expect(result).toMatchObject({ embedded: 12, cached: 0, dimensions: 16, leftOut: [] });
    const run = findRun(library, result.run);
    expect(run).toMatchObject({ kind: 'loaded', encoder: 'little', weightsHash: added.identity });
    const id = presentSampleIds(library)[5]!;
    const picture = presentPicture(library, id)!;
    const file = join(emojiFolder, picture.path);
    const alone = await byHand(path, 'features', file);
    const { vectors } = readEmbeddings(library, added.identity, 'h', Uint32Array.of(id));
    expect(cosine(vectors, alone)).toBeGreaterThan(1 - 1e-6);
    expect(Math.hypot(...vectors)).toBeCloseTo(1, 5);
    expect(await embed(library, 'little')).toMatchObject({ embedded: 0, cached: 12 });
  });

  it('is the same one when moved, and another when its weights or preprocessing change', async () => {
    const library = await smallLibrary();
    const path = written(convModel, 'little.onnx');
    const first = await add(library, { path });
    await embed(library, 'little');
    const moved = join(temporaryFolder(), 'moved.onnx');
    renameSync(path, moved);
    await expect(embed(library, 'little')).resolves.toMatchObject({ embedded: 0, cached: 12 });
    const again = await add(library, { path: moved });
    expect(again).toMatchObject({ known: true, name: 'little', identity: first.identity });
    expect(again.description.path).toBe(moved);

    const other = await add(library, { path: moved, preprocessing: imageNetStretched });
    expect(other.identity).not.toBe(first.identity);
    written(
      { ...convModel, tensors: [weights('filters', [16, 3, 3, 3], 7)] },
      'moved.onnx',
      join(moved, '..'),
    );
    const changed = await add(library, { path: moved });
    expect(changed).toMatchObject({ known: false, name: 'moved 2' });
    expect(listEncoders(library)).toHaveLength(3);
    await expect(embed(library, other.name)).rejects.toMatchObject({
      message: expect.stringContaining('has other weights now') as string,
    });
  });

  it('is added by embedding with its path', async () => {
    const library = await smallLibrary();
    const path = written(convModel, 'little.onnx');
    expect(await embed(library, path)).toMatchObject({ embedded: 12 });
    expect(await embed(library, path)).toMatchObject({ embedded: 0, cached: 12 });
    expect(listRuns(library)).toMatchObject([{ name: 'little', kind: 'loaded' }]);
  });

  it('finds [CLS] and the patches of a ViT, and takes what is asked for', async () => {
    const path = written(vitModel);
    const found = await inspectEncoder({ path });
    expect(found.input).toMatchObject({
      layout: 'NCHW',
      batch: null,
      width: null,
      type: 'float32',
    });
    expect(found.outputs.map(({ name, poolings }) => [name, poolings])).toEqual([
      ['last_hidden_state', ['cls', 'patches', 'mean']],
      ['pooler_output', ['vector']],
    ]);
    expect(found.preprocessing).toMatchObject({ mode: 'crop', width: 224, resize: 256 });
    const library = await smallLibrary();
    const preprocessing = { ...imageNetStretched, width: side, height: side };
    const vectors = [];
    for (const pooling of ['cls', 'patches'] as const) {
      const output = { name: 'last_hidden_state', pooling };
      const { identity } = await add(library, { path, output, preprocessing, name: pooling });
      await embed(library, pooling);
      vectors.push(readEmbeddings(library, identity, 'h', Uint32Array.of(1)).vectors);
    }
    const file = join(emojiFolder, presentPicture(library, 1)!.path);
    const tokens = await byHand(path, 'last_hidden_state', file);
    const patches = Float32Array.from({ length: 16 }, (_, index) =>
      [1, 2, 3, 4].reduce((sum, token) => sum + tokens[16 * token + index]! / 4, 0),
    );
    expect(cosine(vectors[0]!, tokens.subarray(0, 16))).toBeGreaterThan(1 - 1e-6);
    expect(cosine(vectors[1]!, patches)).toBeGreaterThan(1 - 1e-6);
  });

  it('may take half floats, or bytes with the channels last, or a fixed number of pictures', async () => {
    const library = await smallLibrary();
    const preprocessing = imageNetStretched;
    const full = await add(library, { path: written(convModel), preprocessing, name: 'full' });
    const half = await add(library, { path: written(halfModel), preprocessing, name: 'half' });
    const bytes = await add(library, { path: written(bytesModel), name: 'bytes', preprocessing });
    const threes = {
      ...convModel,
      inputs: [pixels([3, 3, side, side])],
      outputs: [featuresOutput([3, 16])],
    };
    const fixed = await add(library, { path: written(threes), preprocessing, name: 'threes' });
    expect(half.description.input.type).toBe('float16');
    expect(bytes.description).toMatchObject({
      input: { layout: 'NHWC', type: 'uint8' },
      output: { name: 'places', pooling: 'places' },
      preprocessing: { scale: 1, mean: [0, 0, 0] },
    });
    expect(fixed.selfTest.batch).toBe(3);
    const rows = [];
    for (const { name, identity } of [full, half, fixed, bytes]) {
      expect(await embed(library, name)).toMatchObject({ embedded: 12, dimensions: 16 });
      rows.push(readEmbeddings(library, identity, 'h', Uint32Array.of(7)).vectors);
    }
    expect(cosine(rows[0]!, rows[1]!)).toBeGreaterThan(1 - 1e-4);
    expect(cosine(rows[0]!, rows[2]!)).toBeGreaterThan(1 - 1e-6);
    expect(cosine(rows[0]!, rows[3]!)).toBeLessThan(0.999);
  });

  it('may have its weights in a file beside it', async () => {
    const library = await smallLibrary();
    const path = written({ ...convModel, externalName: 'weights.data' }, 'outside.onnx');
    const { description, identity } = await add(library, { path });
    expect(description.files.map(({ path: file }) => file.split('/').at(-1))).toEqual([
      'outside.onnx',
      'weights.data',
    ]);
    expect(await embed(library, 'outside')).toMatchObject({ embedded: 12 });
    const data = join(path, '../weights.data');
    writeFileSync(
      data,
      readFileSync(data).map((byte, index) => (index === 0 ? byte ^ 1 : byte)),
    );
    const changed = await add(library, { path });
    expect(changed.identity).not.toBe(identity);
  });
});

describe('vectors that are no directions', () => {
  it('are reported and left out, and the others stored', async () => {
    const library = await smallLibrary();
    // Red over a square root: negative for dark pictures, so that some of them have no number.
    const roots: TestModel = {
      ...convModel,
      nodes: [
        { op: 'Sub', in: ['pixel_values', 'level'], out: ['less'] },
        { op: 'GlobalAveragePool', in: ['less'], out: ['means'] },
        { op: 'Sqrt', in: ['means'], out: ['roots'] },
        { op: 'Flatten', in: ['roots'], out: ['features'] },
      ],
      tensors: [{ name: 'level', dims: [1], values: Float32Array.of(0.72) }],
      outputs: [featuresOutput(['batch', 3])],
    };
    const preprocessing = { scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] };
    const added = await add(library, { path: written(roots), name: 'roots', preprocessing });
    expect(added.selfTest.checks[0]).toMatchObject({ name: 'finite', passed: false });
    const { embedded, leftOut = [] } = await embed(library, 'roots');
    expect(embedded).toBeGreaterThan(0);
    expect(leftOut.length).toBeGreaterThan(0);
    expect(embedded + leftOut.length).toBe(12);
    expect(leftOut[0]).toMatchObject({ code: 'no-vector' });
  });
});
