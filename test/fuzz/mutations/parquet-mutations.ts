import { extremeIntegers, varint } from './extreme-integers.ts';
import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

const tail = 8;
const fewestBytes = 12;

/** Where the metadata begins, which lies before its own length at the end of the file. */
function footerStart(bytes: Buffer): number {
  const length = bytes.length < fewestBytes ? 0 : bytes.readUInt32LE(bytes.length - tail);
  return Math.max(4, bytes.length - tail - length);
}

function withFooter(bytes: Buffer, change: (footer: Buffer) => Buffer): Buffer {
  const start = footerStart(bytes);
  const footer = change(Buffer.from(bytes.subarray(start, Math.max(start, bytes.length - tail))));
  const end = Buffer.from(bytes.subarray(Math.max(start, bytes.length - tail)));
  if (end.length === tail) end.writeUInt32LE(footer.length);
  return Buffer.concat([bytes.subarray(0, start), footer, end]);
}

/** Numbers are varints of zigzag form, as Thrift's compact protocol has them. */
function zigzag(value: bigint): Buffer {
  return varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
}

/** Puts a number in the place of another one, which may be shorter. */
function numberAt(bytes: Buffer, at: number, value: bigint): Buffer {
  let end = at;
  while (end < bytes.length && ((bytes[end] ?? 0) & 0x80) !== 0) end++;
  return Buffer.concat([bytes.subarray(0, at), zigzag(value), bytes.subarray(end + 1)]);
}

/** What can be done to the metadata of a Parquet file, and to the heads of its pages. */
export const parquetMutations: Mutations = {
  'lies in the metadata': (bytes, random) =>
    withFooter(bytes, (footer) =>
      footer.length === 0
        ? footer
        : numberAt(footer, random.index(footer.length), oneOf(extremeIntegers, random)),
    ),
  'changes a byte of the metadata': (bytes, random) =>
    withFooter(bytes, (footer) => {
      if (footer.length > 0) footer[random.index(footer.length)] = random.index(256);
      return footer;
    }),
  'lies in the head of a page': (bytes, random) => {
    // The first page begins behind the mark; heads have some 20 bytes.
    const at = 4 + random.index(24);
    if (bytes.length <= at) return bytes;
    return numberAt(bytes, at, oneOf(extremeIntegers, random));
  },
  'lies in any head': (bytes, random) => {
    const start = footerStart(bytes);
    const heads = headStarts(bytes.subarray(0, start));
    const index = heads.length === 0 ? 4 : oneOf(heads, random);
    const at = index + random.index(20);
    return at < bytes.length ? numberAt(bytes, at, oneOf(extremeIntegers, random)) : bytes;
  },
  'lies about the length of its metadata': (bytes, random) => {
    if (bytes.length < fewestBytes) return bytes;
    const value = Number(BigInt.asUintN(32, oneOf(extremeIntegers, random)));
    bytes.writeUInt32LE(value, bytes.length - tail);
    return bytes;
  },
};

/** Heads of pages begin with a field of the page's kind and one of its size: 0x15, twice the kind, 0x15. */
function headStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  for (let at = bytes.indexOf(0x15); at >= 0; at = bytes.indexOf(0x15, at + 1)) {
    if (bytes[at + 2] === 0x15) starts.push(at);
  }
  return starts;
}
