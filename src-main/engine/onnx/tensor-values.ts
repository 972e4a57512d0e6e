import protobuf from 'protobufjs/light.js';
import { EngineError } from '../../contract/errors/errors.ts';
import { wholeNumber } from './model-message.ts';
import type { TensorMessage } from './model-message.ts';

/** The values of a tensor of a model, in the three types that TensorFlow.js has. */
export type TensorValues = { readonly shape: readonly number[] } & (
  | { readonly type: 'float32'; readonly values: Float32Array }
  | { readonly type: 'int32'; readonly values: Int32Array }
  | { readonly type: 'bool'; readonly values: Uint8Array }
);

type Numbers = Iterable<number>;

/** How numbers of an element type (of onnx.proto3) lie in `rawData`. */
const rawNumbers: Readonly<Record<number, (bytes: Uint8Array) => Numbers>> = {
  1: (bytes) => new Float32Array(aligned(bytes)),
  2: (bytes) => bytes,
  3: (bytes) => new Int8Array(aligned(bytes)),
  4: (bytes) => new Uint16Array(aligned(bytes)),
  5: (bytes) => new Int16Array(aligned(bytes)),
  6: (bytes) => new Int32Array(aligned(bytes)),
  7: (bytes) => Array.from(new BigInt64Array(aligned(bytes)), Number),
  9: (bytes) => bytes,
  10: (bytes) => new Float16Array(aligned(bytes)),
  11: (bytes) => new Float64Array(aligned(bytes)),
  12: (bytes) => new Uint32Array(aligned(bytes)),
  13: (bytes) => Array.from(new BigUint64Array(aligned(bytes)), Number),
  16: (bytes) => brainFloats(new Uint16Array(aligned(bytes))),
};

const [largest, smallest] = [2 ** 31 - 1, -(2 ** 31)];

/**
 * The values of a tensor whose bytes are in the message. Whole numbers beyond 32 bits, which models use
 * for "to the end", become the largest that fit.
 * @throws EngineError bad-encoder for text and other types without numbers
 */
export function tensorValues(tensor: TensorMessage): TensorValues {
  const { dims, dataType, name } = tensor;
  const shape = dims.map(wholeNumber);
  const numbers = numbersOf(tensor);
  if (numbers === null) {
    throw new EngineError('bad-encoder', `The tensor ${name} holds no numbers.`);
  }
  if (dataType === 9) return { shape, type: 'bool', values: Uint8Array.from(numbers) };
  if ([1, 10, 11, 16].includes(dataType)) {
    const values = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
    return { shape, type: 'float32', values };
  }
  const clamped = Int32Array.from(numbers, (value) => Math.max(smallest, Math.min(largest, value)));
  return { shape, type: 'int32', values: clamped };
}

function numbersOf(tensor: TensorMessage): Numbers | null {
  const { dataType, rawData, floatData, doubleData, int32Data, int64Data, uint64Data } = tensor;
  const raw = rawNumbers[dataType];
  if (!raw) return null;
  if (rawData.length > 0) return raw(rawData);
  if (dataType === 1 || dataType === 11)
    return raw((dataType === 1 ? floatData : doubleData) ?? none);
  const packed = [int32Data, int64Data, uint64Data].find((bytes) => (bytes?.length ?? 0) > 0);
  const numbers = packedNumbers(packed ?? none);
  // Half floats lie as the bits of whole numbers.
  const isBits = dataType === 10 || dataType === 16;
  return isBits ? raw(new Uint8Array(Uint16Array.from(numbers).buffer)) : numbers;
}

const none = new Uint8Array(0);

/** Whole numbers as protobuf packs them. */
function packedNumbers(bytes: Uint8Array): number[] {
  const reader = protobuf.Reader.create(bytes);
  const numbers: number[] = [];
  while (reader.pos < reader.len) numbers.push(wholeNumber(reader.int64() as unknown as number));
  return numbers;
}

/** A copy, whose first byte is where numbers of any type may begin. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** bfloat16 is the upper half of float32. */
function brainFloats(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half * 2 ** 16).buffer);
}
