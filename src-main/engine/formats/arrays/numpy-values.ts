import type { NumpyHeader } from './numpy-header.ts';

/** Reads value number `index` of bytes as a number. */
export type ReadNumber = (bytes: DataView, index: number) => number;

type NumberType = Pick<NumpyHeader, 'kind' | 'itemBytes' | 'isBigEndian'>;

/** How numbers of a type are read, of IEEE floats, integers or, for `bfloat16`, the upper half of a float32. */
export function numberReader(type: NumberType | 'bfloat16'): ReadNumber {
  if (type === 'bfloat16') return readBfloat16;
  const little = !type.isBigEndian;
  const { kind, itemBytes } = type;
  const readers: Readonly<Record<string, ReadNumber>> = {
    f2: (view, at) => view.getFloat16(2 * at, little),
    f4: (view, at) => view.getFloat32(4 * at, little),
    f8: (view, at) => view.getFloat64(8 * at, little),
    i1: (view, at) => view.getInt8(at),
    i2: (view, at) => view.getInt16(2 * at, little),
    i4: (view, at) => view.getInt32(4 * at, little),
    i8: (view, at) => Number(view.getBigInt64(8 * at, little)),
    u1: (view, at) => view.getUint8(at),
    u2: (view, at) => view.getUint16(2 * at, little),
    u4: (view, at) => view.getUint32(4 * at, little),
    u8: (view, at) => Number(view.getBigUint64(8 * at, little)),
  };
  const reader = readers[`${kind}${itemBytes}`];
  if (reader === undefined) throw new RangeError(`No reader for ${kind}${itemBytes}.`);
  return reader;
}

/** The numbers of a block of bytes as float32. */
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

/** The texts of a block of bytes: UTF-32 (`U`) or UTF-8 (`S`), each padded with zeros. */
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

function readBfloat16(view: DataView, at: number): number {
  upperHalf.setUint32(0, view.getUint16(2 * at, true) << 16);
  return upperHalf.getFloat32(0);
}

const upperHalf = new DataView(new ArrayBuffer(4));

function fromUtf32(item: Buffer, isBigEndian: boolean): string {
  let text = '';
  for (let at = 0; at < item.length; at += 4) {
    const point = isBigEndian ? item.readUInt32BE(at) : item.readUInt32LE(at);
    if (point === 0) break;
    text += String.fromCodePoint(point);
  }
  return text;
}

function fromUtf8(item: Buffer): string {
  const end = item.indexOf(0);
  return item.toString('utf8', 0, end < 0 ? item.length : end);
}
