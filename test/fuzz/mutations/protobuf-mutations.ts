import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { extremeIntegers, varint } from './extreme-integers.ts';
import { oneOf } from './mutation.ts';
import type { Mutations } from './mutation.ts';

/** A field of a message: where its key and its value begin, and where it ends. */
interface Field {
  readonly start: number;
  readonly value: number;
  readonly end: number;
  readonly wire: number;
  /** The fields whose lengths count it. */
  readonly inside: readonly Field[];
}

const [deepLevels, mostFields] = [100_000, 2000];
const [varintWire, eightWire, bytesWire, fourWire] = [0, 1, 2, 5];

/** What can be done to the fields of a protobuf message. */
export const protobufMutations: Mutations = {
  'lies about a length': (bytes, random) => {
    const field = chosen(bytes, random, bytesWire);
    if (field === null) return bytes;
    const key = keyEnd(bytes, field.start);
    return replaced(bytes, key, field.value, varint(oneOf(extremeIntegers, random)));
  },
  'changes a number': (bytes, random) => {
    const field = chosen(bytes, random, varintWire);
    if (field === null) return bytes;
    return fitted(bytes, field, varint(oneOf(extremeIntegers, random)));
  },
  'changes the kind of a field': (bytes, random) => {
    const field = chosen(bytes, random);
    if (field === null) return bytes;
    bytes[field.start] = ((bytes[field.start] ?? 0) & 0xf8) | random.index(8);
    return bytes;
  },
  'empties a field': (bytes, random) => {
    const field = chosen(bytes, random, bytesWire);
    return field === null ? bytes : fitted(bytes, field, Buffer.alloc(0));
  },
  'takes a field out': (bytes, random) => {
    const field = chosen(bytes, random);
    return field === null ? bytes : resized(bytes, field, field.start, field.end, Buffer.alloc(0));
  },
  'repeats a field': (bytes, random) => {
    const field = chosen(bytes, random);
    if (field === null) return bytes;
    const own = bytes.subarray(field.start, field.end);
    const times = oneOf([1, 2, 50], random);
    return resized(
      bytes,
      field,
      field.end,
      field.end,
      Buffer.concat(Array<Buffer>(times).fill(own)),
    );
  },
  'puts a field in the place of another': (bytes, random) => {
    const [field, other] = [chosen(bytes, random, bytesWire), chosen(bytes, random, bytesWire)];
    if (field === null || other === null) return bytes;
    return fitted(bytes, field, Buffer.from(bytes.subarray(other.value, other.end)));
  },
  'nests deeply': (bytes, random) => {
    if (random.index(8) > 0) return bytes;
    // Groups (wire types 3 and 4) nest at two bytes a level; graphs in attributes at some more.
    if (random.index(2) === 0) return Buffer.concat([bytes, Buffer.alloc(deepLevels, 0x33)]);
    let nested: Buffer = Buffer.alloc(0);
    for (let level = 0; level < 3000; level++) {
      // 7: the graph of a model, 1: a node of it, 5: its attribute, 6: the graph in that.
      const number = [6, 5, 1][level % 3] ?? 1;
      nested = lengthDelimited(number, nested);
    }
    return Buffer.concat([bytes, lengthDelimited(7, nested)]);
  },
};

function lengthDelimited(number: number, bytes: Buffer): Buffer {
  const key = varint(BigInt((number << 3) | bytesWire));
  return Buffer.concat([key, varint(BigInt(bytes.length)), bytes]);
}

function chosen(bytes: Buffer, random: Random, wire?: number): Field | null {
  const all = fieldsOf(bytes).filter((field) => wire === undefined || field.wire === wire);
  return all.length === 0 ? null : oneOf(all, random);
}

/** Puts other bytes in the place of a field's value, with the lengths that belong to it. */
function fitted(bytes: Buffer, field: Field, value: Buffer): Buffer {
  const key = keyEnd(bytes, field.start);
  const own = field.wire === bytesWire ? [varint(BigInt(value.length)), value] : [value];
  return resized(bytes, field, key, field.end, Buffer.concat(own));
}

/** Puts bytes in the place of others, and corrects the lengths of the fields around them. */
function resized(bytes: Buffer, field: Field, from: number, to: number, by: Buffer): Buffer {
  let changed = replaced(bytes, from, to, by);
  let grown = by.length - (to - from);
  for (const outer of field.inside.toReversed()) {
    const key = keyEnd(bytes, outer.start);
    const length = varint(BigInt(Math.max(0, outer.end - outer.value + grown)));
    changed = replaced(changed, key, outer.value, length);
    grown += length.length - (outer.value - key);
  }
  return changed;
}

function replaced(bytes: Buffer, from: number, to: number, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]);
}

function keyEnd(bytes: Buffer, start: number): number {
  return readVarint(bytes, start)?.end ?? start;
}

/** Every field of the message, and of the fields that can be read as messages. */
function fieldsOf(bytes: Buffer): Field[] {
  const all: Field[] = [];
  collect(bytes, 0, bytes.length, [], all);
  return all;
}

function collect(
  bytes: Buffer,
  start: number,
  end: number,
  inside: readonly Field[],
  all: Field[],
) {
  const own: Field[] = [];
  for (let at = start; at < end;) {
    const field = fieldAt(bytes, at, end, inside);
    if (field === null) return false;
    own.push(field);
    at = field.end;
  }
  all.push(...own);
  for (const field of own) {
    const isShort = field.end - field.value > 1 && inside.length < 8;
    if (field.wire !== bytesWire || !isShort || all.length > mostFields) continue;
    collect(bytes, field.value, field.end, [...inside, field], all);
  }
  return true;
}

function fieldAt(
  bytes: Buffer,
  start: number,
  end: number,
  inside: readonly Field[],
): Field | null {
  const key = readVarint(bytes, start);
  if (key === null || key.value === 0n || key.value > 0xffffn) return null;
  const wire = Number(key.value & 7n);
  const extent = extentOf(bytes, key.end, wire);
  if (extent === null || extent.end > end) return null;
  return { start, wire, inside, ...extent };
}

function extentOf(bytes: Buffer, at: number, wire: number): Pick<Field, 'value' | 'end'> | null {
  if (wire === eightWire) return { value: at, end: at + 8 };
  if (wire === fourWire) return { value: at, end: at + 4 };
  const number = readVarint(bytes, at);
  if (number === null || (wire !== varintWire && wire !== bytesWire)) return null;
  if (wire === varintWire) return { value: at, end: number.end };
  return { value: number.end, end: number.end + Number(number.value) };
}

function readVarint(bytes: Buffer, at: number): { value: bigint; end: number } | null {
  let value = 0n;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return null;
}
