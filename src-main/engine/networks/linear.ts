import * as tf from '@tensorflow/tfjs';
import type { WeightSpec, Weights } from './weights.ts';
import { weightNamed } from './weights.ts';

/** The weights of a linear layer, started as in torch.nn.Linear: uniform within ±1 / sqrt(inputs). */
export function linearSpecs(
  name: string,
  inputs: number,
  outputs: number,
  hasBias: boolean,
): WeightSpec[] {
  const start = { kind: 'uniform', bound: 1 / Math.sqrt(inputs) } as const;
  const weight: WeightSpec = {
    name: `${name}.weight`,
    shape: [inputs, outputs],
    kind: 'trainable',
    start,
  };
  const bias: WeightSpec = { name: `${name}.bias`, shape: [outputs], kind: 'trainable', start };
  return hasBias ? [weight, bias] : [weight];
}

/** A linear layer of x [n, inputs] -> [n, outputs], with its bias if it has one. */
export function linear(x: tf.Tensor2D, name: string, weights: Weights): tf.Tensor2D {
  const product: tf.Tensor2D = tf.matMul(x, weightNamed(weights, `${name}.weight`));
  const bias = weights[`${name}.bias`];
  if (!bias) return product;
  return tf.add(product, bias);
}
