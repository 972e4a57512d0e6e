/** The bytes of a typed array, without copying; little-endian, as every platform of Node is. */
export function toBlob(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

/** A blob of float32 values, copied. */
export function toFloat32Array(blob: Uint8Array): Float32Array {
  return new Float32Array(copyBytes(blob));
}

/** A blob of uint32 values, copied. */
export function toUint32Array(blob: Uint8Array): Uint32Array {
  return new Uint32Array(copyBytes(blob));
}

function copyBytes(blob: Uint8Array): ArrayBuffer {
  return new Uint8Array(blob).buffer;
}
