import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Random } from '../../../src-main/engine/numeric/random.ts';
import type { FuzzFormat, FuzzInput } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { mutated, oneOf } from '../mutations/mutation.ts';
import { npyMutations } from '../mutations/npy-mutations.ts';
import { zipMutations } from '../mutations/zip-mutations.ts';
import { sampleArrays } from './array-samples.ts';
import { changedSample } from './one-file.ts';
import { readTable } from './read-table.ts';
import { exportedSample, sampleLibrary } from './table-samples.ts';

type Members = Readonly<Record<string, Uint8Array>>;

export const npzFormat: FuzzFormat = {
  name: 'npz',
  title: 'NumPy archives (.npz)',
  async open(scratch) {
    const library = sampleLibrary(scratch);
    const members = sampleArrays();
    const samples = [
      await exportedSample(scratch, 'npz'),
      ...([0, 6] as const).map((level) => ({ path: 'h.npz', bytes: zipped(members, level) })),
    ];
    const mutations = { ...byteMutations, ...zipMutations };
    return {
      make: (random) =>
        random.index(2) === 0
          ? changedSample(samples, mutations, random)
          : changedMember('h.npz', members, random),
      read: (folder, { path }) => readTable(library, join(folder, path)),
    };
  },
};

/** A whole archive in which one array is changed. */
export function changedMember(path: string, members: Members, random: Random): FuzzInput {
  const name = oneOf(Object.keys(members), random);
  const own = members[name] ?? new Uint8Array();
  const { bytes, done } = mutated(own, { ...byteMutations, ...npyMutations }, random);
  const changed = { ...members, [name]: bytes };
  return {
    path,
    files: { [path]: zipped(changed, random.index(2) === 0 ? 0 : 6) },
    story: `${path}, array ${name}: ${done.join(', ')}`,
  };
}

export function zipped(members: Members, level: 0 | 6): Uint8Array {
  const entries = Object.entries(members).map(([name, bytes]) => [`${name}.npy`, bytes] as const);
  return zipSync(Object.fromEntries(entries), { level });
}
