import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { written } from './encoder-jobs.ts';
import { convModel, pixels } from './test-models.ts';
import { graphFolder } from './tfjs-folders.ts';

const model = 'model.json';

/** @throws EngineError with what the model was refused for */
async function inspectChanged(change: (json: Record<string, unknown>) => void): Promise<void> {
  const folder = graphFolder();
  const json = JSON.parse(readFileSync(join(folder, model), 'utf8')) as Record<string, unknown>;
  change(json);
  writeFileSync(join(folder, model), JSON.stringify(json));
  await inspectEncoder({ path: folder });
}

describe('a TensorFlow.js model from elsewhere', () => {
  it('is refused where a link leads to weights elsewhere', async () => {
    const folder = graphFolder();
    const elsewhere = join(temporaryFolder(), 'weights.bin');
    renameSync(join(folder, 'weights.bin'), elsewhere);
    symlinkSync(elsewhere, join(folder, 'weights.bin'));
    await expect(inspectEncoder({ path: folder })).rejects.toThrow(
      /"weights\.bin", which is outside its folder/,
    );
  });

  it.each(['../weights.bin', '/etc/hostname', '', 'a\0b'])(
    'is refused where it names weights elsewhere: %j',
    async (path) => {
      const change = (json: Record<string, unknown>): void => {
        json['weightsManifest'] = [{ paths: [path], weights: [] }];
      };
      await expect(inspectChanged(change)).rejects.toThrow(/outside its folder/);
    },
  );

  it.each([[[{ paths: [5], weights: [] }]], [[{ paths: null }]], [{}], ['x']])(
    'is refused where its list of weights is none: %j',
    async (manifest) => {
      const change = (json: Record<string, unknown>): void => {
        json['weightsManifest'] = manifest;
      };
      await expect(inspectChanged(change)).rejects.toThrow(/is not a TensorFlow\.js model/);
    },
  );

  it('is refused where it is nested deeply', async () => {
    const folder = graphFolder();
    const deep = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000);
    writeFileSync(join(folder, model), `{"modelTopology": ${deep}, "weightsManifest": []}`);
    await expect(inspectEncoder({ path: folder })).rejects.toThrow(/is not JSON/);
  });
});

describe('an ONNX model from elsewhere', () => {
  it.each([
    ['negative', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['of 2 GB', [0xff, 0xff, 0xff, 0xff, 0x07]],
    ['that never ends', Array<number>(200).fill(0xff)],
  ])('is refused where the length of its graph is %s', async (_name, length) => {
    const path = join(temporaryFolder(), 'model.onnx');
    // Field 1 is the version, field 7 the graph.
    writeFileSync(path, Buffer.from([0x08, 0x08, 0x3a, ...length, 0x0a, 0x00]));
    await expect(inspectEncoder({ path })).rejects.toMatchObject({
      code: 'bad-encoder',
      message: expect.stringMatching(/model\.onnx is (cut short|not an ONNX model).*\.$/) as string,
    });
  });

  it('is refused where its graphs are nested deeply', async () => {
    const path = join(temporaryFolder(), 'model.onnx');
    // Groups begin, one in the other, and do not end.
    writeFileSync(path, Buffer.concat([Buffer.from([0x08, 0x08]), Buffer.alloc(200_000, 0x33)]));
    await expect(inspectEncoder({ path })).rejects.toMatchObject({ code: 'bad-encoder' });
  });

  it.each([
    ['pictures', ['batch', 3, 2 ** 31, 2 ** 31]],
    ['batches', [2 ** 31, 3, 32, 32]],
  ] as const)('is refused where its %s would not fit in memory', async (_name, shape) => {
    const path = written({ ...convModel, inputs: [pixels(shape)] });
    await expect(inspectEncoder({ path })).rejects.toThrow(/do not fit in memory/);
  });

  it('is refused where it, or a file beside it, is a pipe that nobody writes into', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'model.onnx')]);
    await expect(inspectEncoder({ path: folder })).rejects.toThrow(/model\.onnx is no file\.$/);
    const path = written(convModel);
    execFileSync('mkfifo', [join(path, '../config.json')]);
    await expect(inspectEncoder({ path })).rejects.toThrow(/config\.json is no file/);
  });
});
