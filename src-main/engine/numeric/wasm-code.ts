/** An unsigned number in WebAssembly's binary format (LEB128). */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}

function withLength(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function simd(operation: number, ...rest: readonly number[]): number[] {
  return [0xfd, ...unsigned(operation), ...rest];
}

/** The instructions that our kernels have, as bytes (WebAssembly core specification 2.0, chapter 5.4). */
export const wasm = {
  get: (local: number) => [0x20, ...unsigned(local)],
  set: (local: number) => [0x21, ...unsigned(local)],
  /** A constant from 0 to 63, which is one byte. */
  small: (value: number) => [0x41, value],
  add: [0x6a],
  multiply: [0x6c],
  loadInteger: (offset: number) => [0x28, 2, ...unsigned(offset)],
  /** The code again, as long as `condition` leaves something that is not 0. */
  repeatWhile: (code: readonly number[], condition: readonly number[]) => [
    ...[0x03, 0x40, ...code, ...condition],
    ...[0x0d, 0, 0x0b],
  ],
  isLess: [0x49],
  /** Two float64 from memory. */
  loadPair: (offset: number) => simd(0x00, 3, ...unsigned(offset)),
  /** Two float32 from memory, as float64. */
  loadFloatPair: (offset: number) => [...simd(0x5d, 2, ...unsigned(offset)), ...simd(0x5f)],
  zeroPair: simd(0x0c, ...new Uint8Array(16)),
  addPairs: simd(0xf0),
  multiplyPairs: simd(0xf2),
  /** One of the two float64 of a pair. */
  ofPair: (index: 0 | 1) => simd(0x21, index),
  addDoubles: [0xa0],
  storeDouble: (offset: number) => [0x39, 3, ...unsigned(offset)],
} as const;

interface KernelCode {
  /** How many integers the function takes; they are its first locals. */
  readonly parameters: number;
  /** How many further integers and, behind these, pairs of float64 it has as locals. */
  readonly integers: number;
  readonly pairs: number;
  readonly body: readonly number[];
}

/**
 * A WebAssembly module with one function "run", on the memory that it is given as "kernel.memory". It takes
 * integers and gives nothing back.
 */
export function wasmModule({ parameters, integers, pairs, body }: KernelCode) {
  const text = (value: string): number[] => withLength([...new TextEncoder().encode(value)]);
  const section = (number: number, content: readonly number[]): number[] => [
    number,
    ...withLength(content),
  ];
  const [integer, pair] = [0x7f, 0x7b];
  const code = [2, integers, integer, pairs, pair, ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters, ...Array.from({ length: parameters }, () => integer), 0]),
    ...section(2, [1, ...text('kernel'), ...text('memory'), 2, 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('run'), 0, 0]),
    ...section(10, [1, ...withLength(code)]),
  ]);
}
