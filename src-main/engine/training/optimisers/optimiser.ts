import type * as tf from '@tensorflow/tfjs';

/** Flat vectors as long as the trainable weights, by slot name. */
export type OptimiserSlots = Readonly<Record<string, tf.Tensor1D>>;

/** One step's tensors: flat weights and gradient, slots, and the scalars of `rateNames`. */
interface OptimiserInput {
  readonly weights: tf.Tensor1D;
  readonly gradient: tf.Tensor1D;
  readonly slots: OptimiserSlots;
  readonly rates: Readonly<Record<string, tf.Tensor>>;
}

/** How a gradient changes weights: the part in the graph, and the numbers computed outside of it. */
export interface Optimiser {
  /** The state that it carries from step to step; every slot starts at 0. */
  readonly slotNames: readonly string[];
  /** Scalars that change from step to step and are inputs of the graph. */
  readonly rateNames: readonly string[];
  /** The value of each of `rateNames` at a step, counted from 1. */
  rates(learningRate: number, step: number): Readonly<Record<string, number>>;
  /** Weights and slots after the step. */
  move(input: OptimiserInput): { readonly weights: tf.Tensor1D; readonly slots: OptimiserSlots };
}

/**
 * A slot or rate by its name.
 * @throws Error if it is missing
 */
export function namedTensor<T extends tf.Tensor>(
  tensors: Readonly<Record<string, T>>,
  name: string,
): T {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`The optimiser has no ${name}.`);
  return tensor;
}
