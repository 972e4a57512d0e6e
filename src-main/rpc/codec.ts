import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';

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

const extensionCodec = new ExtensionCodec();
for (const [type, TypedArray] of extensionTypes) {
  extensionCodec.register({
    type,
    encode: (value) =>
      value instanceof TypedArray
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : null,
    // The bytes may begin anywhere in the message; the copy aligns them for the array's elements.
    decode: (bytes) => new TypedArray(new Uint8Array(bytes).buffer),
  });
}

/** Encodes a message as bytes (MessagePack). Typed arrays stay binary; undefined fields are left out. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  return encode(message, { extensionCodec, ignoreUndefined: true });
}

/** Decodes the bytes of `encodeMessage`; throws when they are not a message. */
export function decodeMessage(bytes: ArrayBuffer | Uint8Array): unknown {
  return decode(bytes, { extensionCodec });
}
