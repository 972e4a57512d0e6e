import { join } from 'node:path';
import type { Random } from '../../../src-main/engine/numeric/random.ts';
import type { FuzzFormat, FuzzInput } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { mutated } from '../mutations/mutation.ts';
import { changedSample } from './one-file.ts';
import { readTable } from './read-table.ts';
import { exportedSample, sampleLibrary, samplePaths } from './table-samples.ts';

const path = 'h.safetensors';
const dtypes = ['F64', 'F32', 'F16', 'BF16', 'I64', 'I32', 'U8', 'BOOL', 'F8_E4M3'];

export const safetensorsFormat: FuzzFormat = {
  name: 'safetensors',
  title: 'safetensors',
  async open(scratch) {
    const library = sampleLibrary(scratch);
    const header = Buffer.from(JSON.stringify(tensors()));
    const values = Buffer.alloc(8 * samplePaths.length * 8, 66);
    const own = { path, bytes: withHeader(header, values) };
    const samples = [await exportedSample(scratch, 'safetensors'), own];
    return {
      make: (random) =>
        random.index(3) === 0
          ? changedSample(samples, byteMutations, random)
          : changedHeader(header, values, random),
      read: (folder, input) => readTable(library, join(folder, input.path)),
    };
  },
};

function changedHeader(header: Buffer, values: Buffer, random: Random): FuzzInput {
  const { bytes, done } = mutated(header, jsonMutations, random);
  const files = { [path]: withHeader(bytes, values) };
  return { path, files, story: `${path}, its header: ${done.join(', ')}` };
}

function tensors() {
  const rows = samplePaths.length;
  const entries = dtypes.map((dtype, index) => {
    const width = { F64: 8, I64: 8, F32: 4, I32: 4, F16: 2, BF16: 2 }[dtype] ?? 1;
    const columns = index % 2 === 0 ? 2 : 4;
    const data_offsets = [0, rows * columns * width];
    return [`tensor${index}`, { dtype, shape: [rows, columns], data_offsets }] as const;
  });
  const metadata = { paths: JSON.stringify(samplePaths), utf8: 'tensor6', format: 'pt' };
  return { __metadata__: metadata, ...Object.fromEntries(entries) };
}

function withHeader(header: Uint8Array, values: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, values]);
}
