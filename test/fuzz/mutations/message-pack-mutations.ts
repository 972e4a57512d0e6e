import { extremeIntegers } from './extreme-integers.ts';
import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

/** The marks of MessagePack after which a length follows, and how many bytes it has. */
const lengths: Readonly<Record<number, number>> = {
  ...{ 0xc4: 1, 0xc5: 2, 0xc6: 4, 0xc7: 1, 0xc8: 2, 0xc9: 4 },
  ...{ 0xd9: 1, 0xda: 2, 0xdb: 4, 0xdc: 2, 0xdd: 4, 0xde: 2, 0xdf: 4 },
};
const deepLevels = 100_000;

/** What can be done to the values of a message. */
export const messagePackMutations: Mutations = {
  'lies about a length': (bytes, random) => {
    const places = [...bytes.keys()].filter((at) => lengths[bytes[at] ?? 0] !== undefined);
    if (places.length === 0) return bytes;
    const at = oneOf(places, random);
    const width = lengths[bytes[at] ?? 0] ?? 1;
    if (at + 1 + width > bytes.length) return bytes;
    const value = BigInt.asUintN(8 * width, oneOf(extremeIntegers, random));
    bytes.writeUIntBE(Number(value), at + 1, width);
    return bytes;
  },
  'changes a mark': (bytes, random) => {
    const places = [...bytes.keys()].filter((at) => (bytes[at] ?? 0) >= 0x80);
    if (places.length > 0) bytes[oneOf(places, random)] = random.index(256);
    return bytes;
  },
  'puts an array of another number in': (bytes, random) => {
    const at = random.index(bytes.length + 1);
    const data = Buffer.alloc(random.index(64), random.index(256));
    const array = Buffer.concat([Buffer.from([0xc7, data.length, random.index(20)]), data]);
    return Buffer.concat([bytes.subarray(0, at), array, bytes.subarray(at)]);
  },
  'nests deeply': (bytes, random) => {
    if (random.index(8) > 0) return bytes;
    const at = random.index(bytes.length + 1);
    const open = Buffer.alloc(deepLevels, oneOf([0x91, 0x81, 0xdd], random));
    return Buffer.concat([bytes.subarray(0, at), open, bytes.subarray(at)]);
  },
};
