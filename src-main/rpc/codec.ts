import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';

/** Extension types of the wire format: a number, once used, is never given another meaning. */
const extensionTypes = [
  [1, Float32Array],
  [2, Float64Array],
  [3, Int32Array],
  [4, Uint32Array],
  [5, Int8Array],
  [6, Int16Array],
  [7, Uint16Array],
] as const;

const extensionCodec = new ExtensionCodec();
for (const [type, TypedArray] of extensionTypes) {
  extensionCodec.register({
    type,
    encode: (value) =>
      value instanceof TypedArray
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : null,
    // The bytes lie anywhere in the message: the copy puts them where the elements are aligned.
    decode: (bytes) => new TypedArray(new Uint8Array(bytes).buffer),
  });
}

/** A message as bytes (MessagePack); typed arrays stay binary, fields that are undefined are left out. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  return encode(message, { extensionCodec, ignoreUndefined: true });
}

/** The message of `encodeMessage`. Throws when the bytes are not one. */
export function decodeMessage(bytes: ArrayBuffer | Uint8Array): unknown {
  return decode(bytes, { extensionCodec });
}
