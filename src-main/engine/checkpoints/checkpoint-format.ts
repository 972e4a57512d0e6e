import { createHash } from 'node:crypto';
import { EngineError } from '../../contract/errors/errors.ts';
import {
  encodeSafetensorsHeader,
  headerLengthBytes,
  parseSafetensorsHeader,
} from '../formats/arrays/safetensors-header.ts';
import type { SafetensorsEntry, SafetensorsHeader } from '../formats/arrays/safetensors-header.ts';

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

/**
 * A checkpoint as a safetensors file (https://github.com/huggingface/safetensors#format): the header's
 * length in 8 bytes, a JSON header, little-endian values. Python's `safetensors` reads it.
 */
export function encodeCheckpoint(file: CheckpointFile): Uint8Array {
  const tensors: Record<string, SafetensorsEntry> = {};
  let valueBytes = 0;
  for (const { name, shape, values } of file.tensors) {
    const end = valueBytes + values.byteLength;
    tensors[name] = { dtype: dtypeOf(values), shape: [...shape], data_offsets: [valueBytes, end] };
    valueBytes = end;
  }
  const head = encodeSafetensorsHeader({ metadata: file.metadata, tensors });
  const bytes = new Uint8Array(head.length + valueBytes);
  bytes.set(head);
  let start = head.length;
  for (const { values } of file.tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start);
    start += values.byteLength;
  }
  return bytes;
}

/**
 * The checkpoint in a file that `encodeCheckpoint` made; values are copied.
 * @throws EngineError library-unreadable if the bytes are damaged
 */
export function decodeCheckpoint(bytes: Uint8Array): CheckpointFile {
  if (bytes.length < headerLengthBytes) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  const start = headerLengthBytes + headerLength;
  if (start > bytes.length) throw damaged();
  const { metadata, tensors: entries } = parseHeader(bytes.subarray(headerLengthBytes, start));
  const tensors = Object.entries(entries).map(([name, entry]) => {
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
  return { tensors, metadata };
}

function dtypeOf(values: CheckpointValues): string {
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Int32Array ? 'I32' : 'U32';
}

function valuesOf(dtype: string, bytes: ArrayBuffer): CheckpointValues {
  if (dtype === 'F32') return new Float32Array(bytes);
  if (dtype === 'I32') return new Int32Array(bytes);
  if (dtype === 'U32') return new Uint32Array(bytes);
  throw damaged();
}

function parseHeader(bytes: Uint8Array): SafetensorsHeader {
  try {
    return parseSafetensorsHeader(new TextDecoder().decode(bytes));
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

/** The SHA-256, hex, of names, shapes and values in order; embeddings are stored under it. */
export function hashWeights(tensors: readonly CheckpointTensor[]): string {
  const hash = createHash('sha256');
  for (const { name, shape, values } of tensors) {
    hash.update(`${name}:${shape.join('x')};`);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}
