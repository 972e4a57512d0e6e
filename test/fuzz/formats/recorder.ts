import { join } from 'node:path';
import { readRecordedNegatives } from '../../../src-main/engine/exchange/import/recorded-negatives.ts';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { zipMutations } from '../mutations/zip-mutations.ts';
import { floatsNpy, npyBytes, textsNpy } from '../../engine/exchange/import/written-files.ts';
import { changedMember, zipped } from './npz.ts';
import { changedSample } from './one-file.ts';
import { samplePaths } from './table-samples.ts';

const path = 'negatives_0003.npz';
const [anchors, negatives] = [4, 3];

export const recorderFormat: FuzzFormat = {
  name: 'recorder',
  title: 'Ledgers of the recorder (negatives_N.npz)',
  open() {
    const members = recordedArrays();
    const samples = ([0, 6] as const).map((level) => ({ path, bytes: zipped(members, level) }));
    const mutations = { ...byteMutations, ...zipMutations };
    const ids = new Map(samplePaths.map((name, index) => [name, index + 1]));
    return Promise.resolve({
      make: (random) =>
        random.index(3) === 0
          ? changedSample(samples, mutations, random)
          : changedMember(path, members, random),
      read: async (folder) => {
        await readRecordedNegatives(
          join(folder, path),
          (name) => ids.get(name) ?? 0,
          (one, other) => one % 2 === other % 2,
        );
      },
    });
  },
};

/** As docs/negatoscope_recorder.py writes them. */
function recordedArrays(): Readonly<Record<string, Buffer>> {
  const whole = (values: readonly number[], shape: readonly number[]): Buffer =>
    npyBytes('<i4', shape, new Uint8Array(Int32Array.from(values).buffer));
  const floats = (): Buffer =>
    floatsNpy(
      Float32Array.from({ length: anchors * negatives }, (_, at) => at / 12),
      negatives,
    );
  const list = (): Buffer =>
    npyBytes('<f4', [anchors], new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
  const places = Array.from({ length: anchors * negatives }, (_, index) => index % 5);
  return {
    ...{ paths: textsNpy(samplePaths), anchor: whole([0, 1, 2, 3], [anchors]) },
    ...{ step: whole([0, 0, 1, 1], [anchors]), loss: list(), effective: list() },
    ...{ count: whole([3, 3, 3, 3], [anchors]), negative: whole(places, [anchors, negatives]) },
    ...{ similarity: floats(), weight: floats(), share: floats() },
    rank: whole(places, [anchors, negatives]),
  };
}
