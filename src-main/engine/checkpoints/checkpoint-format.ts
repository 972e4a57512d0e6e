import { createHash } from 'node:crypto';
import { EngineError } from '../../contract/errors.ts';

/** A named array with its shape, as a checkpoint holds it. */
export interface CheckpointTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: CheckpointValues;
}

type CheckpointValues = Float32Array | Int32Array | Uint32Array;

interface CheckpointFile {
  readonly tensors: readonly CheckpointTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

type Dtype = 'F32' | 'I32' | 'U32';

interface HeaderEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const lengthBytes = 8;
const alignment = 8;

/**
 * Arrays as one safetensors file (https://github.com/huggingface/safetensors#format): the header's
 * length in 8 bytes, a JSON header, little-endian values; Python reads it with `safetensors`.
 */
export function encodeCheckpoint(file: CheckpointFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: file.metadata };
  let offset = 0;
  for (const { name, shape, values } of file.tensors) {
    const end = offset + values.byteLength;
    header[name] = {
      dtype: dtypeOf(values),
      shape,
      data_offsets: [offset, end],
    } satisfies HeaderEntry;
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / alignment) * alignment;
  const bytes = new Uint8Array(lengthBytes + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, lengthBytes, lengthBytes + headerLength);
  bytes.set(json, lengthBytes);
  let at = lengthBytes + headerLength;
  for (const { values } of file.tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * The inverse of `encodeCheckpoint`; values are copied.
 * @throws EngineError library-unreadable when the bytes are no such file
 */
export function decodeCheckpoint(bytes: Uint8Array): CheckpointFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.length < lengthBytes ? NaN : Number(view.getBigUint64(0, true));
  const start = lengthBytes + headerLength;
  if (!(start <= bytes.length)) throw damaged();
  const json = new TextDecoder().decode(bytes.subarray(lengthBytes, start));
  const { __metadata__: metadata, ...entries } = parseHeader(json);
  const tensors = Object.entries(entries as Record<string, HeaderEntry>).map(([name, entry]) => {
    const [from, to] = entry.data_offsets;
    if (start + to > bytes.length) throw damaged();
    // A Buffer's own `slice` would share the whole blob.
    const values = new Uint8Array(bytes.subarray(start + from, start + to)).buffer;
    return {
      name,
      shape: entry.shape,
      values: valuesOf(entry.dtype, values),
    };
  });
  return { tensors, metadata: (metadata ?? {}) as Record<string, string> };
}

function dtypeOf(values: CheckpointValues): Dtype {
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Int32Array ? 'I32' : 'U32';
}

function valuesOf(dtype: Dtype, bytes: ArrayBuffer): CheckpointValues {
  if (dtype === 'F32') return new Float32Array(bytes);
  return dtype === 'I32' ? new Int32Array(bytes) : new Uint32Array(bytes);
}

function parseHeader(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause?: unknown): EngineError {
  return new EngineError(
    'library-unreadable',
    'A checkpoint in this library is damaged; train the run again.',
    { cause },
  );
}

/** SHA-256 of all values in order, hex: two encoders with equal weights have equal embeddings. */
export function hashWeights(tensors: readonly CheckpointTensor[]): string {
  const hash = createHash('sha256');
  for (const { name, shape, values } of tensors) {
    hash.update(`${name}:${shape.join('x')};`);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}
