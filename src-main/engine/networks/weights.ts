import * as tf from '@tensorflow/tfjs';
import type { Random } from '../numeric/random.ts';

/**
 * How a weight starts: He (fan out) for convolutions, torch's uniform bound for linear layers, or with the
 * values that it was given by an earlier training.
 */
type Start =
  | { readonly kind: 'given'; readonly values: Float32Array }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly bound: number };

/** One named weight; a `statistic` is a running mean or variance, which no gradient changes. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: 'trainable' | 'statistic';
  readonly start: Start;
  /** The learning rate of this weight as a part of the training's; 1 if left out. */
  readonly rate?: number;
}

/** Weights and statistics as tensors, by name. */
export type Weights = Readonly<Record<string, tf.Tensor>>;

/** The number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The length of the flat vector of all weights of one kind. */
export function flatLength(specs: readonly WeightSpec[], kind: WeightSpec['kind']): number {
  return specs
    .filter((spec) => spec.kind === kind)
    .reduce((sum, spec) => sum + elementCount(spec.shape), 0);
}

/** The starting values of all weights of one kind as one flat vector in the order of `specs`. */
export function startValues(
  specs: readonly WeightSpec[],
  kind: WeightSpec['kind'],
  random: Pick<Random, 'uniform' | 'normal'>,
): Float32Array {
  const values = new Float32Array(flatLength(specs, kind));
  let offset = 0;
  for (const spec of specs) {
    if (spec.kind !== kind) continue;
    const end = offset + elementCount(spec.shape);
    const { start } = spec;
    if (start.kind === 'given') values.set(start.values, offset);
    else for (let at = offset; at < end; at += 1) values[at] = startValue(start, random);
    offset = end;
  }
  return values;
}

function startValue(
  start: Exclude<Start, { kind: 'given' }>,
  random: Pick<Random, 'uniform' | 'normal'>,
): number {
  switch (start.kind) {
    case 'constant':
      return start.value;
    case 'normal':
      return start.deviation * random.normal();
    case 'uniform':
      return random.uniform(-start.bound, start.bound);
  }
}

/** The weights of one kind as tensors by name, from one flat vector. */
export function unpackWeights(
  specs: readonly WeightSpec[],
  kind: WeightSpec['kind'],
  flat: tf.Tensor1D,
): Record<string, tf.Tensor> {
  const unpacked: Record<string, tf.Tensor> = {};
  let offset = 0;
  for (const spec of specs) {
    if (spec.kind !== kind) continue;
    const length = elementCount(spec.shape);
    unpacked[spec.name] = tf.reshape(tf.slice1d(flat, offset, length), [...spec.shape]);
    offset += length;
  }
  return unpacked;
}

/** The weights of one kind as one flat vector in the order of `specs`. */
export function packWeights(
  specs: readonly WeightSpec[],
  kind: WeightSpec['kind'],
  weights: Weights,
): tf.Tensor1D {
  const parts = specs
    .filter((spec) => spec.kind === kind)
    .map((spec) => tf.reshape<tf.Rank.R1>(weightNamed(weights, spec.name), [-1]));
  return parts.length === 0 ? tf.zeros([0]) : tf.concat1d(parts);
}

/**
 * A weight by its name.
 * @throws Error if it is missing
 */
export function weightNamed(weights: Weights, name: string): tf.Tensor {
  const weight = weights[name];
  if (!weight) throw new Error(`The weight ${name} is missing.`);
  return weight;
}
