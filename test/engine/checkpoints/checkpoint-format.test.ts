import { describe, expect, it } from 'vitest';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  hashWeights,
} from '../../../src-main/engine/checkpoints/checkpoint-format.ts';

const tensors = [
  { name: 'a', shape: [2, 2], values: Float32Array.of(1.5, -2, NaN, Infinity) },
  { name: 'b', shape: [3], values: Uint32Array.of(7, 0, 4_294_967_295) },
];

describe('checkpoint format', () => {
  it('gives back every array, shape and word, also out of a Buffer that is part of a larger one', () => {
    const bytes = encodeCheckpoint({ tensors, metadata: { encoder: 'résnet8' } });
    const larger = Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(5)]);
    const file = decodeCheckpoint(larger.subarray(3, 3 + bytes.length));
    expect(file).toEqual({ tensors, metadata: { encoder: 'résnet8' } });
  });

  it('is laid out as safetensors says: length, padded JSON header, little-endian values', () => {
    const bytes = encodeCheckpoint({ tensors, metadata: {} });
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as object;
    expect(length % 8).toBe(0);
    expect(header).toMatchObject({
      a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
      b: { dtype: 'U32', shape: [3], data_offsets: [16, 28] },
    });
    expect(view.getFloat32(8 + length + 4, true)).toBe(-2);
  });

  it('says that a cut or scrambled file is damaged', () => {
    const bytes = encodeCheckpoint({ tensors, metadata: {} });
    for (const damaged of [
      bytes.subarray(0, 4),
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(9),
    ]) {
      expect(() => decodeCheckpoint(damaged)).toThrow(/damaged/);
    }
  });

  it('hashes weights by name, shape and value', () => {
    const [a] = tensors;
    const changed = { ...a!, values: Float32Array.of(1.5, -2, NaN, 1) };
    expect(hashWeights([a!])).toBe(hashWeights([{ ...a! }]));
    expect(hashWeights([changed])).not.toBe(hashWeights([a!]));
    expect(hashWeights([{ ...a!, shape: [4] }])).not.toBe(hashWeights([a!]));
  });
});
