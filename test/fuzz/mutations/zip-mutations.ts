import { zipSync } from 'fflate';
import { extremeIntegers } from './extreme-integers.ts';
import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

const [localHead, directoryHead, end] = [0x04034b50, 0x02014b50, 0x06054b50];
/** Where the numbers of each record lie, and how wide each is. */
const fields: Readonly<Record<number, readonly (readonly [number, 2 | 4])[]>> = {
  [localHead]: [
    [6, 2],
    [8, 2],
    [14, 4],
    [18, 4],
    [22, 4],
    [26, 2],
    [28, 2],
  ],
  [directoryHead]: [
    ...([
      [8, 2],
      [10, 2],
      [16, 4],
      [20, 4],
      [24, 4],
      [28, 2],
      [30, 2],
      [32, 2],
    ] as const),
    ...([
      [38, 4],
      [42, 4],
    ] as const),
  ],
  [end]: [
    [4, 2],
    [8, 2],
    [10, 2],
    [12, 4],
    [16, 4],
    [20, 2],
  ],
};

const bombBytes = 128 * 2 ** 20;
let bomb: Buffer | null = null;

/** What can be done to the records of a zip archive. */
export const zipMutations: Mutations = {
  'lies in a record': (bytes, random) => {
    const found = recordsOf(bytes);
    if (found.length === 0) return bytes;
    const [at, kind] = oneOf(found, random);
    const [offset, width] = oneOf(fields[kind] ?? [], random);
    if (at + offset + width > bytes.length) return bytes;
    const value = BigInt.asUintN(8 * width, oneOf(extremeIntegers, random));
    bytes.writeUIntLE(Number(value), at + offset, width);
    return bytes;
  },
  'leads out of its folder': (bytes, random) => {
    const name = oneOf(['../x.npy', '/etc/x.npy', 'C:\\x.npy', '..\\x.npy', 'a//b.npy'], random);
    return Buffer.concat([bytes.subarray(0, 0), zipped({ [name]: inside(bytes) })]);
  },
  'has very many members': (bytes, random) => {
    const members = Array.from({ length: oneOf([2, 300, 3000], random) }, (_, index) => {
      return [`${index}.npy`, inside(bytes)] as const;
    });
    return zipped(Object.fromEntries(members));
  },
  'is a bomb': (bytes, random) => {
    if (random.index(12) > 0) return bytes;
    bomb ??= makeBomb();
    const own = Buffer.from(bomb);
    if (random.index(2) === 0) return own;
    // Small in the directory, and large once it is unpacked.
    for (const [at, kind] of recordsOf(own)) {
      if (kind === directoryHead) own.writeUInt32LE(4096, at + 24);
    }
    return own;
  },
};

/** An archive of one array of zeros, a thousandth of its size. */
function makeBomb(): Buffer {
  const head = "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 4194304), }";
  const array = Buffer.alloc(128 + bombBytes);
  array.write('\x93NUMPY\x01\x00', 'latin1');
  array.writeUInt16LE(118, 8);
  array.write(`${head.padEnd(117)}\n`, 10, 'latin1');
  return zipped({ 'h.npy': array });
}

function zipped(members: Readonly<Record<string, Uint8Array>>): Buffer {
  return Buffer.from(zipSync({ ...members }, { level: 1 }));
}

/** Some bytes of the archive itself, as a member. */
function inside(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.subarray(0, 400));
}

function recordsOf(bytes: Buffer): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let at = bytes.indexOf('PK'); at >= 0 && at + 4 <= bytes.length;) {
    const kind = bytes.readUInt32LE(at);
    if (fields[kind] !== undefined) found.push([at, kind]);
    at = bytes.indexOf('PK', at + 2);
  }
  return found;
}
