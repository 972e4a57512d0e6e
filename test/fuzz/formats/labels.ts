import { join } from 'node:path';
import { exportLabels, importLabels } from '../../../src-main/engine/labels/hand-label-files.ts';
import { readLabelFile } from '../../../src-main/engine/labels/label-file.ts';
import { MatchedLabels } from '../../../src-main/engine/labels/match-labels.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { textMutations } from '../mutations/text-mutations.ts';
import { changedSample } from './one-file.ts';
import type { Sample } from './one-file.ts';
import { exportedSample, sampleHashes, sampleLibrary, samplePaths } from './table-samples.ts';

export const labelsFormat: FuzzFormat = {
  name: 'labels',
  title: 'Files of labels',
  async open(scratch) {
    const library = sampleLibrary(scratch);
    const parquet = await exportedSample(scratch, 'parquet');
    const samples = [...textSamples(), { ...parquet, path: 'labels.parquet' }];
    const mutations = { ...byteMutations, ...textMutations, ...jsonMutations };
    return {
      make: (random) => changedSample(samples, mutations, random),
      read: async (folder, { path, files }) => {
        new MatchedLabels(library, await readLabelFile(join(folder, path)));
        importLabels(library, path, Buffer.from(files[path] ?? []).toString());
        exportLabels(library, presentSamples(library), true);
        // Each input meets the same library, so that it can be read again alone.
        library.query('DELETE FROM labelEdits').run();
      },
    };
  },
};

function textSamples(): Sample[] {
  const rows = samplePaths.map((path, row) => [sampleHashes[row] ?? '', path, 'cat|dog', 'train']);
  const table = (between: string): string =>
    [['hash', 'path', 'label', 'split'], ...rows].map((cells) => cells.join(between)).join('\n');
  const mapping = Object.fromEntries(samplePaths.map((path) => [path, ['cat', 'dog']]));
  const records = samplePaths.map((path) => ({ path, label: 'cat', split: 'val' }));
  const lines = records.map((record) => JSON.stringify(record)).join('\n');
  const texts = {
    'labels.csv': `${table(',')}\n`,
    'labels.tsv': `${table('\t')}\n`,
    'labels.txt': samplePaths.map((path, row) => `${path.replaceAll(' ', '_')} ${row}\n`).join(''),
    'labels.json': JSON.stringify(mapping),
    'list.json': JSON.stringify(records),
    'labels.jsonl': `${lines}\n`,
  };
  return Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}
