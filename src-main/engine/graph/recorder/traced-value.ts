import { util } from '@tensorflow/tfjs';
import type { TypedArray } from '@tensorflow/tfjs';

export type TracedType = 'float32' | 'int32' | 'bool';

/**
 * A tensor of the graph under construction. tfjs sees `shape` (channels last); what ONNX Runtime
 * holds may differ in two ways that most kernels need not undo: 4-D values may lie channels first,
 * and dimensions may be left at 1 (or out, on the left) until something needs the repeated copies.
 */
export interface TracedValue {
  /** Name of the ONNX value. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: TracedType;
  /** The dims as held, in tfjs's order, right-aligned to `shape`; each equals the shape's or is 1. */
  readonly stored: readonly number[];
  /** Held as N, C, H, W although `shape` and `stored` say N, H, W, C. */
  readonly channelsFirst: boolean;
  /** The values, where they are known while tracing: all of them, or one that fills the shape. */
  readonly constant?: TypedArray;
}

/** A value held exactly as tfjs sees it. */
export function plainValue(name: string, shape: readonly number[], dtype: TracedType): TracedValue {
  return { name, shape, dtype, stored: shape, channelsFirst: false };
}

/** The one number that fills a constant, or undefined. */
export function fillingNumber(value: TracedValue): number | undefined {
  return value.constant?.length === 1 ? value.constant[0] : undefined;
}

/** Number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  return util.sizeFromShape([...shape]);
}

/** `dims` with ones put before it up to `rank`. */
export function padRank(dims: readonly number[], rank: number): number[] {
  return [...new Array<number>(rank - dims.length).fill(1), ...dims];
}

/** The shape that two shapes broadcast to (NumPy's rule); tfjs has checked that they do. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const [left, right] = [padRank(a, rank), padRank(b, rank)];
  return left.map((dim, axis) => (dim === 1 ? (right[axis] ?? 1) : dim));
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}
