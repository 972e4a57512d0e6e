import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { inspectEncoder } from '../../../src-main/engine/loaded-encoders/inspect-encoder.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { add, embed, smallLibrary } from './encoder-jobs.ts';

/** A small classifier of 4 classes, written as model.json and weights.bin by tfjs itself. */
async function layersFolder(): Promise<string> {
  await tf.setBackend('cpu');
  const folder = join(temporaryFolder(), 'classifier');
  mkdirSync(folder);
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [32, 32, 3], filters: 8, kernelSize: 3, strides: 2 }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({ name: 'features' }),
      tf.layers.dense({ units: 4, activation: 'softmax', name: 'classes' }),
    ],
  });
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const { modelTopology, weightSpecs, weightData } = artifacts;
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      const json = JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest });
      writeFileSync(join(folder, 'model.json'), json);
      writeFileSync(join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer));
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
      });
    }),
  );
  return folder;
}

describe('a TFJS encoder', () => {
  it('may be a layers model; of a classifier the layer before it', async () => {
    const path = await layersFolder();
    const found = await inspectEncoder({ path });
    expect(found).toMatchObject({
      kind: 'tfjs-layers',
      input: { layout: 'NHWC', width: 32, height: 32 },
      output: { name: 'features', pooling: 'vector' },
    });
    const library = await smallLibrary();
    const added = await add(library, { path });
    expect(added.selfTest.checks.every(({ passed }) => passed)).toBe(true);
    expect(await embed(library, added.name)).toMatchObject({ embedded: 12, dimensions: 8 });
    const { vectors } = readEmbeddings(library, added.identity, 'h', Uint32Array.of(3));
    expect(Math.hypot(...vectors)).toBeCloseTo(1, 5);
  });

  it('may be a graph model, with any of its outputs', async () => {
    const human = createRequire(import.meta.url).resolve('@vladmandic/human');
    const path = join(dirname(human), '../models/faceres.json');
    const json = readFileSync(path, 'utf8');
    expect(json).toContain('modelTopology');
    const library = await smallLibrary();
    const added = await add(library, { path });
    expect(added.description).toMatchObject({ kind: 'tfjs-graph', input: { layout: 'NHWC' } });
    expect(await embed(library, added.name)).toMatchObject({ embedded: 12 });
  });

  it('is refused without its weights, with those of another folder, and as other JSON', async () => {
    const folder = await layersFolder();
    const path = join(folder, 'model.json');
    const json = readFileSync(path, 'utf8');
    writeFileSync(path, json.replace('weights.bin', '../weights.bin'));
    await expect(inspectEncoder({ path })).rejects.toThrow(/outside its folder/);
    writeFileSync(path, json.replace('weights.bin', 'other.bin'));
    await expect(inspectEncoder({ path })).rejects.toThrow(/other\.bin, which is not there/);
    writeFileSync(path, '{"format": "layers-model"}');
    await expect(inspectEncoder({ path })).rejects.toThrow(/not a TensorFlow\.js model/);
    writeFileSync(path, json);
    writeFileSync(join(folder, 'weights.bin'), Buffer.alloc(8));
    await expect(inspectEncoder({ path })).rejects.toThrow(/weights are cut short/);
  });
});
