import { join } from 'node:path';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { npyMutations } from '../mutations/npy-mutations.ts';
import { refusedArrays, sampleArrays } from './array-samples.ts';
import { changedSample } from './one-file.ts';
import { readTable } from './read-table.ts';
import { exportedSample, sampleLibrary, samplePaths } from './table-samples.ts';

export const npyFormat: FuzzFormat = {
  name: 'npy',
  title: 'NumPy arrays (.npy)',
  async open(scratch) {
    const library = sampleLibrary(scratch);
    const beside = { 'paths.txt': Buffer.from(samplePaths.join('\n')) };
    const arrays = Object.values({ ...sampleArrays(), ...refusedArrays() });
    const samples = [
      await exportedSample(scratch, 'npy'),
      ...arrays.map((bytes) => ({ path: 'h.npy', bytes, beside })),
    ];
    const mutations = { ...byteMutations, ...npyMutations };
    return {
      make: (random) => changedSample(samples, mutations, random),
      read: (folder, { path }) => readTable(library, join(folder, path)),
    };
  },
};
