import {
  floatsNpy,
  npyBytes,
  someVectors,
  textsNpy,
} from '../../engine/exchange/import/written-files.ts';
import { sampleDimensions, samplePaths } from './table-samples.ts';

const readTypes = ['<f4', '<f2', '>f8', '<i1', '<u8', '>i4', '|S9', '<U1', '>U3'];
const refusedTypes = ['|b1', '<c8', '|O', '<M8[ns]'];

/** Arrays as NumPy saves them, by name, that are read: of each type, a matrix and a list. */
export function sampleArrays(): Readonly<Record<string, Buffer>> {
  const count = samplePaths.length;
  const vectors = floatsNpy(someVectors(count, sampleDimensions), sampleDimensions);
  const others = arraysOf(readTypes);
  return { h: vectors, paths: textsNpy(samplePaths), ...others };
}

/** Arrays of types that are not read. */
export function refusedArrays(): Readonly<Record<string, Buffer>> {
  return arraysOf(refusedTypes);
}

function arraysOf(types: readonly string[]): Record<string, Buffer> {
  const count = samplePaths.length;
  const all = types.flatMap((type) => {
    // Small enough that four of them are a character.
    const bytes = Buffer.alloc(count * sampleDimensions * 12, Buffer.from([65, 0, 0, 0]));
    return [
      [`matrix of ${type}`, npyBytes(type, [count, sampleDimensions], bytes)] as const,
      [`list of ${type}`, npyBytes(type, [count], bytes)] as const,
    ];
  });
  return Object.fromEntries(all);
}
