import * as tf from '@tensorflow/tfjs';
import type { GeneratedUse } from '../../../contract/generated-negatives.ts';
import type { Candidates } from '../../losses/candidates.ts';
import {
  generatorLoss,
  negativeDiversity,
  withGeneratedNegatives,
} from '../../losses/generated-negatives.ts';
import type { Loss, LossScalars } from '../../losses/loss.ts';
import { disconnected } from '../../losses/masks.ts';
import { generatorSpecs } from '../../networks/generator-shape.ts';
import type { GeneratorShape } from '../../networks/generator-shape.ts';
import { generateNegatives } from '../../networks/negative-generator.ts';
import { packWeights, unpackWeights } from '../../networks/weights.ts';
import type { Weights } from '../../networks/weights.ts';
import { adam } from '../optimisers/adam.ts';

/** The generator's Adam, with the official code's betas 0.5 and 0.999. */
export const generatorOptimiser = adam({ rate: 0, excluding: null }, 0.5);

/** What determines the graph of a generator's step. */
export interface GeneratorPlan {
  readonly shape: GeneratorShape;
  readonly use: GeneratedUse;
  /** The loss that the encoder minimises and the generator maximises. */
  readonly loss: Loss;
}

/** The tensors of a generator's step. */
export interface GeneratorStepInputs {
  /** A mean feature of each picture, [P, d], and noise for the generator's own step, [K, dim z]. */
  readonly features: tf.Tensor2D;
  readonly noise: tf.Tensor2D;
  /** Noise for the negatives that the encoder is then given, [K, dim z]. */
  readonly encoderNoise: tf.Tensor2D;
  /** Flat weights, and the slots and rates of `generatorOptimiser`. */
  readonly weights: tf.Tensor1D;
  readonly slots: Readonly<Record<string, tf.Tensor1D>>;
  readonly rates: Readonly<Record<string, tf.Tensor>>;
  readonly diversityWeight: tf.Scalar;
  readonly scalars: LossScalars;
}

/** The generator after a step, and what it then makes. */
export interface GeneratorStep {
  readonly weights: tf.Tensor1D;
  readonly slots: Readonly<Record<string, tf.Tensor1D>>;
  /** The negatives of each picture, constants in the encoder's gradient; [P, K, d]. */
  readonly generated: tf.Tensor3D;
}

/**
 * One step of the generator against the encoder as it is: anchors and real negatives are constants. Then
 * the moved generator makes new negatives, of which nothing is passed back (in the official code the
 * order is the same: N, then the encoder). May run within the encoder's gradient.
 */
export function generatorStep(
  plan: GeneratorPlan,
  candidates: Candidates,
  z: tf.Tensor2D,
  inputs: GeneratorStepInputs,
): GeneratorStep {
  const { features, encoderNoise, weights, slots, rates } = inputs;
  const specs = generatorSpecs(plan.shape);
  const gradient = generatorGradient(plan, candidates, z, inputs);
  const moved = generatorOptimiser.move({ weights, gradient, slots, rates });
  const generated = disconnected(() =>
    generateNegatives(features, encoderNoise, unpackWeights(specs, 'trainable', moved.weights)),
  );
  return { ...moved, generated };
}

/** The gradient of L_N by the generator's flat weights. */
export function generatorGradient(
  { shape, use, loss }: GeneratorPlan,
  candidates: Candidates,
  z: tf.Tensor2D,
  { features, noise, weights, diversityWeight, scalars }: GeneratorStepInputs,
): tf.Tensor1D {
  const specs = generatorSpecs(shape);
  const before = unpackWeights(specs, 'trainable', weights);
  const names = Object.keys(before);
  const byName = (values: readonly tf.Tensor[]): Weights =>
    Object.fromEntries(names.map((name, index) => [name, values[index] as tf.Tensor]));
  const anchors = disconnected(() => tf.clone(z));
  const given = {
    ...candidates,
    similarity: disconnected(() => tf.clone(candidates.similarity)),
    positiveSimilarity: disconnected(() => tf.clone(candidates.positiveSimilarity)),
  };
  const lossOf = (...values: tf.Tensor[]): tf.Scalar => {
    const generated = generateNegatives(features, noise, byName(values));
    const all = withGeneratedNegatives(given, anchors, generated, use);
    return generatorLoss(loss.of(all, scalars).loss, generated, diversityWeight);
  };
  const { grads } = tf.valueAndGrads(lossOf)(Object.values(before));
  return packWeights(specs, 'trainable', byName(grads));
}

/** What is measured of a step's generated negatives beside the real ones; each one number. */
export function generatorMeasures(
  real: Candidates,
  z: tf.Tensor2D,
  generated: tf.Tensor3D,
): Readonly<Record<(typeof generatorMeasureNames)[number], tf.Tensor>> {
  return {
    generatedSimilarity: meanWhere(withGeneratedNegatives(real, z, generated, 'replace')),
    negativeSimilarity: meanWhere(real),
    generatedDiversity: negativeDiversity(generated),
  };
}

/** The names of `generatorMeasures`, under which they are recorded of each epoch. */
export const generatorMeasureNames = [
  'generatedSimilarity',
  'negativeSimilarity',
  'generatedDiversity',
] as const;

/** The mean similarity of the negatives. */
function meanWhere({ similarity, isNegative }: Candidates): tf.Scalar {
  const counted = tf.mul(tf.onesLike(similarity), tf.cast(isNegative, 'float32'));
  return tf.div(tf.sum(tf.mul(similarity, counted)), tf.maximum(tf.sum(counted), 1));
}
