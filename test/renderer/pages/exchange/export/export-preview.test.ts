import { describe, expect, it } from 'vitest';
import type { ExportPreview } from '../../../../../src-main/contract/exports.ts';
import { EngineError } from '../../../../../src-main/contract/errors/errors.ts';
import type { MinePreview } from '../../../../../src-main/contract/mining.ts';
import { ExportPreviewState } from '../../../../../src-renderer/pages/exchange/export/export-preview.svelte.ts';
import { AnsweringClient, connectionTo, type Answers } from '../../../answering-client.ts';

const table: ExportPreview = {
  columns: [{ name: 'hash', type: 'text', unit: '', meaning: 'which picture' }],
  ...{ rows: [['a1']], count: 1118, bytes: 50_000, neededBytes: 100_000 },
};

async function previewBy(answers: Answers): Promise<[ExportPreviewState, AnsweringClient]> {
  const client = new AnsweringClient(answers);
  return [new ExportPreviewState(await connectionTo(client)), client];
}

describe('what a file would hold', () => {
  it('is what the engine says of a table', async () => {
    const [preview, client] = await previewBy({ 'exports.preview': () => table });
    await preview.load({ method: 'exports.preview', input: { what: 'runs', format: 'csv' } });
    expect(preview.shown).toEqual({ ...table, mined: null });
    expect(client.calls).toEqual([
      { method: 'exports.preview', input: { what: 'runs', format: 'csv' } },
    ]);
  });

  it('comes with the numbers of mining', async () => {
    const mined: MinePreview = {
      ...table,
      ...{ anchors: 16, range_max: 33, candidates: 500, negatives: 48, leftOut: { itself: 16 } },
    };
    const [preview] = await previewBy({ 'exports.previewMined': () => mined });
    await preview.load({ method: 'exports.previewMined', input: { run: 1, format: 'csv' } });
    expect(preview.shown).toMatchObject({ count: 1118, mined: { negatives: 48 } });
  });

  it('is a row for each tensor of an encoder', async () => {
    const encoder = {
      encoder: 'resnet8',
      epoch: 3,
      size: 32,
      features: 256,
      projected: 64,
      bytes: 9,
    };
    const [preview] = await previewBy({ 'exports.previewEncoder': () => encoder });
    await preview.load({ method: 'exports.previewEncoder', input: { run: 1 } });
    const rows = preview.shown?.rows ?? [];
    expect(rows.map(([name, , shape]) => [name, shape])).toEqual([
      ['images', '[batch, 32, 32, 3]'],
      ['h', '[batch, 256]'],
      ['z', '[batch, 64]'],
    ]);
    expect(rows.every((row) => row.length === preview.shown?.columns.length)).toBe(true);
    expect(preview.shown).toMatchObject({ count: null, bytes: 9, neededBytes: 9 });
  });

  it.each([
    ['projector', 'embeddings', 'vectors.tsv'],
    ['atlas', 'map', 'hash, path, label'],
  ] as const)('is the parts for %s, once %s can be had', async (viewer, what, first) => {
    const [preview, client] = await previewBy({ 'exports.preview': () => table });
    await preview.load({ method: 'viewer', viewer, input: { run: 1, space: 'z' } });
    expect(client.calls[0]?.input).toMatchObject({ what, run: 1, space: 'z' });
    expect(preview.shown?.rows[0]?.[0]).toBe(first);
    expect(preview.shown).toMatchObject({ count: null, bytes: null });
  });
});

describe('why there is no preview', () => {
  it('is what the engine refused, until something can be shown again', async () => {
    let isRefused = true;
    const [preview] = await previewBy({
      'exports.preview': () => {
        if (isRefused) throw new EngineError('not-found', 'The run has no map.');
        return table;
      },
    });
    const request = {
      method: 'exports.preview',
      input: { what: 'map', run: 1, format: 'csv' },
    } as const;
    await preview.load(request);
    expect(preview).toMatchObject({ shown: null, problem: 'The run has no map.' });
    isRefused = false;
    await preview.load(request);
    expect(preview).toMatchObject({ problem: '', shown: { count: 1118 } });
    preview.refuse('Choose a run.');
    expect(preview).toMatchObject({ shown: null, problem: 'Choose a run.' });
  });

  it('is not told of a question that another has overtaken', async () => {
    const answers: (() => void)[] = [];
    const [preview, client] = await previewBy({
      'exports.preview': ({ what }) =>
        new Promise((resolve) => {
          answers.push(() => resolve({ ...table, rows: [[what]] }));
        }),
    });
    const load = (what: 'map' | 'bins' | 'ledger') =>
      preview.load({ method: 'exports.preview', input: { what, run: 1, format: 'csv' } });
    const all = [load('map'), load('bins'), load('ledger')];
    answers[0]?.();
    await Promise.resolve();
    while (answers.length < 2) await Promise.resolve();
    expect(preview.shown).toBeNull();
    answers[1]?.();
    await Promise.all(all);
    expect(preview.shown?.rows).toEqual([['ledger']]);
    expect(client.calls).toHaveLength(2);
  });
});
