import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { readEmbeddings } from '../../../../src-main/engine/store/embeddings.ts';
import { add, embed, smallLibrary } from './encoder-jobs.ts';
import { layersFolder } from './tfjs-folders.ts';

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
    await expect(inspectEncoder({ path })).rejects.toThrow(/other\.bin, which does not exist/);
    writeFileSync(path, '{"format": "layers-model"}');
    await expect(inspectEncoder({ path })).rejects.toThrow(/not a TensorFlow\.js model/);
    writeFileSync(path, json);
    writeFileSync(join(folder, 'weights.bin'), Buffer.alloc(8));
    await expect(inspectEncoder({ path })).rejects.toThrow(/weights are cut short/);
  });
});
