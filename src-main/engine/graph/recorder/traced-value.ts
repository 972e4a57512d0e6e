import { util } from '@tensorflow/tfjs';
import type { TypedArray } from '@tensorflow/tfjs';

export type TracedType = 'float32' | 'int32' | 'bool';

/**
 * A tensor of the graph under construction. tfjs sees `shape` (channels last). ONNX Runtime's value may
 * differ in two ways that most kernels need not undo: a 4-D value may be channels first, and dimensions
 * may be 1 (or missing on the left) until a kernel needs the repeated copies.
 */
export interface TracedValue {
  /** Name of the ONNX value. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: TracedType;
  /**
   * The stored dimensions in tfjs's order, right-aligned to `shape`; each equals that of the shape, or
   * is 1.
   */
  readonly stored: readonly number[];
  /** Stored as N, C, H, W although `shape` and `stored` say N, H, W, C. */
  readonly channelsFirst: boolean;
  /** The values, where they are known while tracing: all of them, or one that all elements equal. */
  readonly constant?: TypedArray;
}

/** What a value is made of that is scale · x + shift + added, with a scale and a shift per channel. */
export interface ChannelAffine {
  readonly x: TracedValue;
  readonly scale: string;
  readonly shift: string | null;
  readonly added: string | null;
}

/** A value that is stored exactly as tfjs sees it. */
export function plainValue(name: string, shape: readonly number[], dtype: TracedType): TracedValue {
  return { name, shape, dtype, stored: shape, channelsFirst: false };
}

/** The number that all elements of a constant equal, or undefined. */
export function fillingNumber(value: TracedValue): number | undefined {
  return value.constant?.length === 1 ? value.constant[0] : undefined;
}

/** The number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  return util.sizeFromShape([...shape]);
}

/** `dims` with ones before it up to `rank`. */
export function padRank(dims: readonly number[], rank: number): number[] {
  return [...new Array<number>(rank - dims.length).fill(1), ...dims];
}

/** The shape that two shapes broadcast to (NumPy's rule); tfjs has checked that they do. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const [left, right] = [padRank(a, rank), padRank(b, rank)];
  return left.map((dim, axis) => (dim === 1 ? (right[axis] ?? 1) : dim));
}

/** Whether two shapes are equal. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}
