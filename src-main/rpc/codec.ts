import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';
import { CarriedArrays } from './carried-arrays.ts';

/** Extension types of the wire format; the meaning of a number never changes. */
const extensionTypes = [
  [1, Float32Array],
  [2, Float64Array],
  [3, Int32Array],
  [4, Uint32Array],
  [5, Int8Array],
  [6, Int16Array],
  [7, Uint16Array],
] as const;

/** One for all strings of a list, in the place of one each, which take ten times as long. */
const stringsType = 8;
const fewestStrings = 64;
// A mark of byte order is a part of the first string, not of the format.
const textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The number of an array that was carried before (see `CarriedArrays`), in the place of the array. */
const carriedType = 0;

const extensionCodec = new ExtensionCodec<CarriedArrays | null>();
extensionCodec.register({
  type: stringsType,
  encode: (value) => (isLongStringList(value) ? encodeStrings(value) : null),
  decode: decodeStrings,
});
for (const [type, TypedArray] of extensionTypes) {
  extensionCodec.register({
    type,
    encode(value, carried) {
      if (!(value instanceof TypedArray)) return null;
      carried?.add(type, value);
      return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    },
    decode(bytes, _type, carried) {
      const array = new TypedArray(aligned(bytes));
      carried?.add(type, array);
      return array;
    },
  });
}
// Asked before the others, whose numbers are higher.
extensionCodec.register({
  type: carriedType,
  encode(value, carried) {
    if (carried === null || !ArrayBuffer.isView(value)) return null;
    const type = extensionTypes.find(([, TypedArray]) => value instanceof TypedArray)?.[0];
    const number = type === undefined ? null : carried.nameOf(type, value);
    return number === null ? null : new Uint8Array(Uint32Array.of(number).buffer);
  },
  decode(bytes, _type, carried) {
    const [number = NaN] = new Uint32Array(aligned(bytes));
    const { type, words } = (carried ?? new CarriedArrays()).named(number);
    const TypedArray = extensionTypes.find(([one]) => one === type)?.[1] ?? Uint32Array;
    // A copy, as no array of one answer may change with that of another.
    return new TypedArray(words.slice().buffer);
  },
});

function isLongStringList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length >= fewestStrings &&
    value.every((one) => typeof one === 'string')
  );
}

/**
 * How many, the length of each in UTF-16 units, and then all of them as one text in UTF-8; null where
 * that cannot hold them, as halves of characters.
 */
function encodeStrings(strings: readonly string[]): Uint8Array | null {
  const joined = strings.join('');
  if (!joined.isWellFormed()) return null;
  const text = new TextEncoder().encode(joined);
  const head = Uint32Array.from([strings.length, ...strings.map(({ length }) => length)]);
  const bytes = new Uint8Array(head.byteLength + text.length);
  bytes.set(new Uint8Array(head.buffer));
  bytes.set(text, head.byteLength);
  return bytes;
}

function decodeStrings(bytes: Uint8Array): string[] {
  const [count = 0] = new Uint32Array(aligned(bytes.subarray(0, 4)));
  const lengths = new Uint32Array(aligned(bytes.subarray(4, 4 + 4 * count)));
  const text = textDecoder.decode(bytes.subarray(4 + 4 * count));
  let start = 0;
  return Array.from(lengths, (length) => text.slice(start, (start += length)));
}

/** Bytes that may begin anywhere in a message, in a buffer of their own, as elements of arrays need them. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/**
 * Encodes a message as bytes (MessagePack). Typed arrays stay binary; undefined fields are left out.
 * @param carried what this direction of a connection has carried; without it, each message is whole by itself
 */
export function encodeMessage(message: unknown, carried?: CarriedArrays): Uint8Array<ArrayBuffer> {
  try {
    const bytes = encode(message, {
      extensionCodec,
      ignoreUndefined: true,
      context: carried ?? null,
    });
    carried?.settle();
    return bytes;
  } finally {
    carried?.forget();
  }
}

/**
 * Decodes the bytes of `encodeMessage`; throws when they are not a message.
 * @param carried of the same connection and direction as the encoder's, which had all messages so far
 */
export function decodeMessage(bytes: ArrayBuffer | Uint8Array, carried?: CarriedArrays): unknown {
  const message = decode(plain(bytes), { extensionCodec, context: carried ?? null });
  carried?.settle();
  return message;
}

/** Not one of Node's buffers, whose parts are such buffers, too: bytes that were sent as a Uint8Array come as one. */
function plain(bytes: ArrayBuffer | Uint8Array): Uint8Array {
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
