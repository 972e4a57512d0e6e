import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { extremeIntegers, varint } from './extreme-integers.ts';
import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

/** Headers lie at the beginning and, in some formats, at the end: half of the changes are made there. */
export function somewhere(length: number, random: Random): number {
  if (length === 0) return 0;
  const place = random.index(4);
  const near = Math.min(length, 512);
  if (place === 0) return random.index(near);
  if (place === 1) return length - 1 - random.index(near);
  return random.index(length);
}

/** A part of at most a quarter of a file. */
function part(bytes: Buffer, random: Random): Buffer {
  const start = somewhere(bytes.length, random);
  const length = 1 + random.index(Math.max(1, Math.floor(bytes.length / 4)));
  return bytes.subarray(start, start + length);
}

function insertedAt(bytes: Buffer, at: number, inserted: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
}

/** What can be done to the bytes of any file. */
export const byteMutations: Mutations = {
  'flips bits': (bytes, random) => {
    for (let times = 1 + random.index(8); times > 0 && bytes.length > 0; times--) {
      const at = somewhere(bytes.length, random);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.index(8));
    }
    return bytes;
  },
  'sets a byte': (bytes, random) => {
    if (bytes.length > 0) bytes[somewhere(bytes.length, random)] = random.index(256);
    return bytes;
  },
  'overwrites with an extreme integer': (bytes, random) => {
    const width = oneOf([1, 2, 4, 8], random);
    if (bytes.length < width) return bytes;
    const at = Math.min(somewhere(bytes.length, random), bytes.length - width);
    const own = Buffer.alloc(8);
    own.writeBigUInt64LE(BigInt.asUintN(64, oneOf(extremeIntegers, random)));
    const cut = own.subarray(0, width);
    (random.index(4) === 0 ? cut.reverse() : cut).copy(bytes, at);
    return bytes;
  },
  'overwrites with an extreme varint': (bytes, random) => {
    const at = somewhere(bytes.length, random);
    const own = varint(oneOf(extremeIntegers, random));
    if (random.index(2) === 0) return insertedAt(bytes, at, own);
    own.copy(bytes, at);
    return bytes;
  },
  'cuts off': (bytes, random) => bytes.subarray(0, somewhere(bytes.length, random)),
  'cuts off the beginning': (bytes, random) =>
    bytes.subarray(somewhere(Math.min(bytes.length, 64), random)),
  'takes a part out': (bytes, random) => {
    const start = somewhere(bytes.length, random);
    const end = start + 1 + random.index(Math.max(1, bytes.length >> 2));
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  'repeats a part': (bytes, random) =>
    insertedAt(bytes, somewhere(bytes.length, random), part(bytes, random)),
  'copies a part over another': (bytes, random) => {
    const own = Buffer.from(part(bytes, random));
    own.copy(bytes, somewhere(bytes.length, random));
    return bytes;
  },
  'inserts noise': (bytes, random) => {
    const noise = Buffer.from(
      Array.from({ length: 1 + random.index(64) }, () => random.index(256)),
    );
    return insertedAt(bytes, somewhere(bytes.length, random), noise);
  },
  'inserts zeros': (bytes, random) => {
    const zeros = Buffer.alloc(1 + random.index(4096), random.index(3) === 0 ? 0xff : 0);
    return insertedAt(bytes, somewhere(bytes.length, random), zeros);
  },
  'appends itself': (bytes) => Buffer.concat([bytes, bytes]),
};

/** Continues a file with the end of another one. */
export function spliced(bytes: Buffer, other: Uint8Array, random: Random): Buffer {
  const [from, to] = [somewhere(bytes.length, random), somewhere(other.length, random)];
  return Buffer.concat([bytes.subarray(0, from), other.subarray(to)]);
}
