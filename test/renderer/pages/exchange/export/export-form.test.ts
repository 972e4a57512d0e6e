import { describe, expect, it } from 'vitest';
import { jobKinds } from '../../../../../src-main/contract/jobs.ts';
import type { ExportWhat } from '../../../../../src-renderer/pages/exchange/export/export-choices.ts';
import { exportWords } from '../../../../../src-renderer/pages/exchange/export/export-choices.ts';
import { ExportForm } from '../../../../../src-renderer/pages/exchange/export/export-form.svelte.ts';
import { runOf } from '../../../run-of.ts';

const runs = [runOf(1, { name: 'first' }), runOf(2, { name: 'hard / 2' })];

function formFor(what: ExportWhat, run: number | null = 2): ExportForm {
  const form = new ExportForm(() => runs, run);
  form.what = what;
  return form;
}

describe('the form of an export', () => {
  it.each(Object.keys(exportWords) as ExportWhat[])(
    'makes a job that the engine takes: %s',
    (what) => {
      const { job } = formFor(what);
      const parsed = jobKinds[job!.kind].input.parse(job!.input);
      expect(parsed).toMatchObject({ overwrite: false });
    },
  );

  it('names the file after the run and what is in it, until another name is given', () => {
    const form = formFor('bins');
    expect(form.file).toBe('hard-2-bins.parquet');
    form.run = 1;
    form.format = 'csv';
    expect(form.file).toBe('first-bins.csv');
    form.stem = ' mine ';
    form.folder = ' /data/ ';
    form.what = 'map';
    expect(form.file).toBe('/data/mine.csv');
  });

  it('gives each kind its own ending, and a folder none', () => {
    const ends = (what: ExportWhat): string => formFor(what).file;
    expect(ends('encoder')).toBe('hard-2-encoder.onnx');
    expect(ends('projector')).toBe('hard-2-projector');
    expect(ends('atlas')).toBe('hard-2-atlas.parquet');
    // What belongs to no run is not called after one.
    expect(ends('verdicts')).toBe('verdicts.parquet');
  });

  it('goes back to the chosen format once it fits again', () => {
    const form = formFor('embeddings');
    form.format = 'npy';
    expect(form.format).toBe('npy');
    form.what = 'mined';
    expect(form.format).toBe('parquet');
    form.what = 'map';
    expect(form.format).toBe('npy');
  });

  it('asks for nothing while there is no run to choose, but for what needs none', () => {
    expect(formFor('embeddings', null)).toMatchObject({ preview: null, job: null, needsRun: true });
    expect(formFor('mined', null).job).toBeNull();
    const form = formFor('runs', null);
    expect(form.needsRun).toBe(false);
    expect(form.preview).toEqual({
      ...{ method: 'exports.preview', input: { what: 'runs', format: 'parquet' } },
    });
  });

  it('asks for one epoch of the ledger only where one is chosen', () => {
    const form = formFor('ledger');
    const asked = { what: 'ledger', run: 2, format: 'parquet', space: 'h', most: 100 };
    expect(form.preview?.input).toEqual(asked);
    form.epoch = 3;
    form.space = 'z';
    form.most = 0;
    expect(form.preview?.input).toEqual({ ...asked, epoch: 3, space: 'z', most: 0 });
  });

  it('mines by its rules, and writes what is left out beside it where that is wanted', () => {
    const form = formFor('mined');
    form.mining.num_negatives = 7;
    form.folder = '/out';
    expect(form.preview).toMatchObject({
      ...{ method: 'exports.previewMined', input: { run: 2, num_negatives: 7, format: 'parquet' } },
    });
    expect(form.job?.input).not.toHaveProperty('left_out');
    form.withReasons = true;
    form.overwrite = true;
    expect(form.job).toMatchObject({
      kind: 'mine',
      input: {
        ...{ file: '/out/hard-2-mined.parquet', left_out: '/out/hard-2-mined-left-out.parquet' },
        ...{ overwrite: true, num_negatives: 7 },
      },
    });
  });

  it.each<[string, (form: ExportForm) => void]>([
    ['kind', (form) => (form.what = 'map')],
    ['name', (form) => (form.stem = 'other')],
    ['folder', (form) => (form.folder = '/elsewhere')],
    ['format', (form) => (form.format = 'csv')],
  ])('forgets that a file may be replaced with another %s', (_, change) => {
    const form = formFor('embeddings');
    form.stem = 'mine';
    form.folder = '/out';
    form.overwrite = true;
    expect(form.job?.input).toMatchObject({ file: '/out/mine.parquet', overwrite: true });
    change(form);
    expect(form.overwrite).toBe(false);
    expect(form.job?.input).toMatchObject({ overwrite: false });
  });

  it('names the files beside it, whose replacement is part of the consent', () => {
    const form = formFor('mined');
    form.folder = '/out';
    form.overwrite = true;
    expect(form.beside).toEqual(['/out/hard-2-mined.pictures.csv']);
    form.withReasons = true;
    expect(form.beside).toEqual([
      '/out/hard-2-mined.pictures.csv',
      '/out/hard-2-mined-left-out.parquet',
    ]);
    expect(form.overwrite).toBe(false);
    form.what = 'encoder';
    expect(form.beside).toEqual(['/out/hard-2-encoder.md']);
    form.what = 'embeddings';
    expect(form.beside).toEqual([]);
    form.format = 'npy';
    expect(form.beside).toEqual(['/out/hard-2-embeddings.pictures.csv']);
  });

  it('gives viewers the similarities of an anchor where one is chosen', () => {
    const projector = formFor('projector');
    projector.space = 'z';
    projector.anchor = 'a7';
    expect(projector.job).toEqual({
      kind: 'exportProjector',
      input: { run: 2, space: 'z', anchor: 'a7', folder: 'hard-2-projector', overwrite: false },
    });
    const atlas = formFor('atlas');
    expect(atlas.job?.input).toMatchObject({ neighbours: 15, thumbnails: true });
    atlas.thumbnails = false;
    expect(atlas.job).toEqual({
      kind: 'exportAtlas',
      input: {
        ...{ run: 2, file: 'hard-2-atlas.parquet', overwrite: false },
        ...{ neighbours: 15, thumbnails: false },
      },
    });
  });
});
