import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportResult } from '../../../src-main/contract/exports.ts';
import type { JobInput } from '../../../src-main/contract/jobs.ts';
import type { MineResult } from '../../../src-main/contract/mining.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { duckRows } from './independent-readers.ts';
import { openTrainedLibrary } from './trained-library.ts';
import type { TrainedLibrary } from './trained-library.ts';

let library: TrainedLibrary;

beforeAll(async () => {
  library = await openTrainedLibrary();
});
afterAll(() => library.close());

describe('what mining would give', () => {
  it('begins as the file does, and says what became of the candidates', async () => {
    const { engine, out } = library;
    const rules: Omit<JobInput<'mine'>, 'file'> = {
      ...{ run: 1, format: 'csv', positives: 'label', sampling_strategy: 'random' },
      ...{ num_negatives: 2, relative_margin: 0.01 },
    };
    const preview = await engine.call('exports.previewMined', { ...rules, anchors: 10, rows: 6 });
    const file = join(out, 'mined.csv');
    const { result } = await runToState(engine, 'mine', { ...rules, file });
    const mined = result as MineResult;
    const written = await duckRows(`SELECT * FROM read_csv('${file}', header = true)`);
    expect(preview.columns.map(({ name }) => name)).toEqual(['anchor', 'positive', 'negative']);
    expect(preview.rows).toEqual(written.slice(0, 6).map((row) => Object.values(row)));
    expect(preview.anchors).toBe(10);
    expect(preview.range_max).toBe(mined.range_max);
    const leftOut = Object.values(preview.leftOut).reduce((sum, count) => sum + count, 0);
    expect(preview.negatives + leftOut).toBe(preview.candidates);
    expect(preview.count / mined.rows).toBeCloseTo(1, 0);
  });

  it('refuses what mining refuses', async () => {
    const preview = library.engine.call('exports.previewMined', {
      ...{ run: 1, format: 'csv', range_min: 5, range_max: 5 },
    });
    await expect(preview).rejects.toThrow('range_min must be smaller than range_max');
  });
});

describe('what an encoder’s file would hold', () => {
  it('says its sides and about its size', async () => {
    const { engine, out } = library;
    const preview = await engine.call('exports.previewEncoder', { run: 1 });
    expect(preview).toMatchObject({ encoder: 'resnet8', epoch: 2, size: 16 });
    const file = join(out, 'tiny.onnx');
    const { result } = await runToState(engine, 'exportEncoder', { run: 1, file });
    const [model] = (result as ExportResult).files;
    expect(model!.bytes / preview.bytes).toBeGreaterThan(0.8);
    expect(model!.bytes / preview.bytes).toBeLessThan(1.5);
  });

  it('refuses a run that was not trained', async () => {
    const { engine } = library;
    await runToState(engine, 'embed', { encoder: 'pixels', name: 'raw' });
    const preview = engine.call('exports.previewEncoder', { run: 'raw' });
    await expect(preview).rejects.toThrow('was not trained here');
  });
});

describe('where a file would lie', () => {
  it('is beside the library for a name alone, before that folder is there', async () => {
    const { engine } = library;
    const { file } = await engine.call('library.status', {});
    const destination = await engine.call('exports.destination', { file: 'here.csv' });
    expect(destination.path).toBe(join(dirname(file ?? ''), 'exports', 'here.csv'));
    expect(destination.isThere).toBe(false);
    expect(destination.freeBytes).toBeGreaterThan(0);
  });

  it('says that a file is there', async () => {
    const { engine, out } = library;
    await writeFile(join(out, 'old.csv'), 'a\n');
    const destination = await engine.call('exports.destination', { file: join(out, 'old.csv') });
    expect(destination).toMatchObject({ folder: out, isThere: true });
  });

  it.each([
    ['no/where.csv', 'neither a name alone nor an absolute path'],
    ['', 'neither a name alone nor an absolute path'],
    ['/no/such/folder/x.csv', 'its folder is not there'],
  ])('refuses %j', async (file, sentence) => {
    await expect(library.engine.call('exports.destination', { file })).rejects.toThrow(sentence);
  });

  it('refuses a folder’s name, and a file as a folder', async () => {
    const { engine, out } = library;
    await mkdir(join(out, 'folder.csv'));
    await writeFile(join(out, 'file'), '');
    const folder = engine.call('exports.destination', { file: join(out, 'folder.csv') });
    await expect(folder).rejects.toThrow('there is a folder of this name');
    const inFile = engine.call('exports.destination', { file: join(out, 'file', 'x.csv') });
    await expect(inFile).rejects.toThrow('its folder is a file');
  });
});
