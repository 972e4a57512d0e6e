import { join } from 'node:path';
import type { TableFormat } from '../../../src-main/contract/exports.ts';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { textMutations } from '../mutations/text-mutations.ts';
import type { Mutations } from '../mutations/mutation.ts';
import { changedSample } from './one-file.ts';
import type { Sample } from './one-file.ts';
import { readTable } from './read-table.ts';
import { exportedSample, sampleHashes, sampleLibrary, samplePaths } from './table-samples.ts';

const textual = { ...byteMutations, ...textMutations };

export const csvFormat = textFormat('csv', 'CSV and TSV', textual, 'csv', () => {
  const rows = (between: string) =>
    samplePaths.map((path, row) => [path, row, row / 3, -1e-9, 'NaN'].join(between));
  const head = ['path', 'epoch', 'd0', 'd1', 'd2'];
  return [
    text('h.csv', [head.join(','), ...rows(',')]),
    text('h.tsv', [head.join('\t'), ...rows('\t')]),
    text('h.csv', ['hash;vector', ...sampleHashes.map((hash) => `${hash};"[1, 2.5, 3]"`)]),
  ];
});

export const jsonLinesFormat = textFormat(
  'jsonl',
  'JSON Lines',
  { ...textual, ...jsonMutations },
  'jsonl',
  () => [
    text('h.jsonl', records()),
    text('h.ndjson', [`{"path": "cat/1.png", "z": [NaN, -Infinity, 1]}`, ...records()]),
    // One line, whose values can be changed.
    text('h.jsonl', records().slice(0, 1)),
  ],
);

export const jsonFormat = textFormat(
  'json',
  'JSON of vectors',
  { ...textual, ...jsonMutations },
  null,
  () => {
    const vectors = samplePaths.map((_, row) => [row, 1, 2]);
    return [
      text('h.json', [`[${records().join(',')}]`]),
      text('h.json', [JSON.stringify({ paths: samplePaths, vectors })]),
      text('h.json', [JSON.stringify(samplePaths)]),
    ];
  },
);

function records(): string[] {
  return samplePaths.map((path, row) =>
    JSON.stringify({ path, vector: [row, 0.5, -1e-7], epoch: row, note: 'x', d_0: 1, d_1: '2' }),
  );
}

function text(path: string, lines: readonly string[]): Sample {
  return { path, bytes: Buffer.from(`${lines.join('\n')}\n`) };
}

function textFormat(
  name: string,
  title: string,
  mutations: Mutations,
  exported: TableFormat | null,
  own: () => readonly Sample[],
): FuzzFormat {
  return {
    name,
    title,
    async open(scratch) {
      const library = sampleLibrary(scratch);
      const ours = exported === null ? [] : [await exportedSample(scratch, exported)];
      const samples = [...ours, ...own()];
      return {
        make: (random) => changedSample(samples, mutations, random),
        read: (folder, { path }) => readTable(library, join(folder, path)),
      };
    },
  };
}
