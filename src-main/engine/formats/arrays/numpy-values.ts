import type { NumpyHeader } from './numpy-header.ts';

/** Reads the value with the given index from bytes as a number. */
type ReadNumber = (bytes: DataView, index: number) => number;

type NumberType = Pick<NumpyHeader, 'kind' | 'itemBytes' | 'isBigEndian'>;

/**
 * The reader for numbers of a type: IEEE floats, integers or, for `bfloat16`, the upper half of a
 * float32.
 */
export function numberReader(type: NumberType | 'bfloat16'): ReadNumber {
  if (type === 'bfloat16') return readBfloat16;
  const little = !type.isBigEndian;
  const { kind, itemBytes } = type;
  const readers: Readonly<Record<string, ReadNumber>> = {
    f2: (view, index) => view.getFloat16(2 * index, little),
    f4: (view, index) => view.getFloat32(4 * index, little),
    f8: (view, index) => view.getFloat64(8 * index, little),
    i1: (view, index) => view.getInt8(index),
    i2: (view, index) => view.getInt16(2 * index, little),
    i4: (view, index) => view.getInt32(4 * index, little),
    i8: (view, index) => Number(view.getBigInt64(8 * index, little)),
    u1: (view, index) => view.getUint8(index),
    u2: (view, index) => view.getUint16(2 * index, little),
    u4: (view, index) => view.getUint32(4 * index, little),
    u8: (view, index) => Number(view.getBigUint64(8 * index, little)),
  };
  const reader = readers[`${kind}${itemBytes}`];
  if (reader === undefined) throw new RangeError(`No reader for ${kind}${itemBytes}.`);
  return reader;
}

/** Reads the numbers of a block of bytes as float32. */
export function readFloats(
  bytes: Buffer,
  type: NumberType | 'bfloat16',
  itemBytes: number,
): Float32Array {
  const count = bytes.length / itemBytes;
  const isPlain =
    type !== 'bfloat16' && type.kind === 'f' && type.itemBytes === 4 && !type.isBigEndian;
  if (isPlain) {
    const floats = new Float32Array(count);
    new Uint8Array(floats.buffer).set(bytes);
    return floats;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = numberReader(type);
  const floats = new Float32Array(count);
  for (let index = 0; index < count; index++) floats[index] = read(view, index);
  return floats;
}

/** Reads the texts of a block of bytes: UTF-32 (`U`) or UTF-8 (`S`), each padded with zeros. */
export function readTexts(
  bytes: Buffer,
  { kind, itemBytes, isBigEndian }: Pick<NumpyHeader, 'kind' | 'itemBytes' | 'isBigEndian'>,
): string[] {
  const texts: string[] = [];
  for (let start = 0; start < bytes.length; start += itemBytes) {
    const item = bytes.subarray(start, start + itemBytes);
    texts.push(kind === 'U' ? fromUtf32(item, isBigEndian) : fromUtf8(item));
  }
  return texts;
}

function readBfloat16(view: DataView, index: number): number {
  upperHalf.setUint32(0, view.getUint16(2 * index, true) << 16);
  return upperHalf.getFloat32(0);
}

const upperHalf = new DataView(new ArrayBuffer(4));

/** Unicode ends there; as where UTF-8 is damaged, the replacement character stands for what is beyond. */
const lastCodePoint = 0x10ffff;
const replacement = 0xfffd;

function fromUtf32(item: Buffer, isBigEndian: boolean): string {
  let text = '';
  for (let index = 0; index < item.length; index += 4) {
    const point = isBigEndian ? item.readUInt32BE(index) : item.readUInt32LE(index);
    if (point === 0) break;
    text += String.fromCodePoint(point > lastCodePoint ? replacement : point);
  }
  return text;
}

function fromUtf8(item: Buffer): string {
  const end = item.indexOf(0);
  return item.toString('utf8', 0, end < 0 ? item.length : end);
}
