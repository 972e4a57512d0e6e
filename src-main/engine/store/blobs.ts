/** The bytes of a typed array, not copied; little-endian, as on every platform of Node. */
export function toBlob(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

/** The float32 values of a blob, copied. */
export function toFloat32Array(blob: Uint8Array): Float32Array {
  return new Float32Array(copyBytes(blob));
}

/** The uint32 values of a blob, copied. */
export function toUint32Array(blob: Uint8Array): Uint32Array {
  return new Uint32Array(copyBytes(blob));
}

function copyBytes(blob: Uint8Array): ArrayBuffer {
  return new Uint8Array(blob).buffer;
}
