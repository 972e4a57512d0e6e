import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

const sides = ['0', '1', '2', '5', '6', '255', '65536', '2147483647', '4294967295', '9'.repeat(12)];
const hugeSides = [
  '9007199254740993',
  '9'.repeat(30),
  '9'.repeat(400),
  '-1',
  '1.5',
  '1e9',
  '5L',
  '',
];
const types = ['<f4', '>f8', '<U0', '|S0', '<U4294967295', '|S99999999999', '<f16', '|O', '|V8'];
const otherTypes = ['<M8[ns]', '', '<', 'f4', '<i8', '|b1', '<c16', '=f2', '<U1', '>U1'];

/** What can be done to the head of a .npy array, whose length stays what it was. */
export const npyMutations: Mutations = {
  'declares another shape': (bytes, random) => {
    const count = random.index(4);
    const all = Array.from({ length: count }, () => oneOf([...sides, ...hugeSides], random));
    return inHead(
      bytes,
      /'shape': \([^)]*\)/,
      `'shape': (${all.join(', ')}${count === 1 ? ',' : ''})`,
    );
  },
  'declares another type': (bytes, random) =>
    inHead(bytes, /'descr': '[^']*'/, `'descr': '${oneOf([...types, ...otherTypes], random)}'`),
  'declares another order': (bytes) => inHead(bytes, /False/, 'True '),
  'declares another version': (bytes, random) => {
    if (bytes.length > 7) bytes[6] = oneOf([0, 1, 2, 3, 255], random);
    return bytes;
  },
  'declares another length of the head': (bytes, random) => {
    if (bytes.length > 10) bytes.writeUInt16LE(oneOf([0, 1, 10, 65_535, 118], random), 8);
    return bytes;
  },
};

function inHead(bytes: Buffer, wanted: RegExp, by: string): Buffer {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return bytes;
  const text = bytes.toString('latin1', 0, end);
  const changed = text.replace(wanted, () => by);
  const fitted = changed.trimEnd().padEnd(text.length);
  return Buffer.concat([Buffer.from(fitted, 'latin1'), bytes.subarray(end)]);
}
