import * as tf from '@tensorflow/tfjs';
import type { Build, ProgramSpec } from '../compute/program.ts';
import type { StatisticUpdates } from '../encoders/batch-norm.ts';
import type { EncoderPlan } from '../encoders/trainable-encoder.ts';
import { encode } from '../encoders/trainable-encoder.ts';
import { flatLength, packWeights, unpackWeights, weightNamed } from '../encoders/weights.ts';
import type { Objective, ObjectiveOutput, ObjectiveScalars } from '../objectives/objective.ts';
import { adamStep } from './adam.ts';
import { augmentedViews, normaliseColours } from './augmentation.ts';
import { colourNumbers, cropNumbers } from './augmentation-draws.ts';
import type { AugmentationSettings } from './augmentation-settings.ts';

/** Everything that shapes the graph of one training step. */
export interface TrainStepPlan {
  readonly encoder: EncoderPlan;
  readonly objective: Objective;
  readonly augmentation: AugmentationSettings;
  /** Pictures per step; the loss sees twice as many rows. */
  readonly batch: number;
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly weightDecay: number;
}

/** The input that takes a scalar of the objective. */
export function scalarInput(name: string): string {
  return `objective.${name}`;
}

/** State of a training by input name; also what a checkpoint holds. */
export const trainState = ['weights', 'statistics', 'firstMoment', 'secondMoment'] as const;

/**
 * One training step as a program: augmentation, encoder in training mode, objective, gradients,
 * Adam. Inputs: images [b, s, s, 3] bytes, crops, colours, stepSize, secondCorrection and the
 * objective's scalars (`scalarInput`); outputs: loss, clampRate, perAnchorLoss [2b]. The state is four flat vectors.
 */
export function trainStepSpec(plan: TrainStepPlan): ProgramSpec {
  const { batch, size, encoder } = plan;
  const trainable = flatLength(encoder.specs, 'trainable');
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: `train-${encoder.name}`,
    inputs: [
      { name: 'images', shape: [batch, size, size, 3], dtype: 'uint8' },
      float('crops', [2 * batch, cropNumbers]),
      float('colours', [2 * batch, colourNumbers]),
      float('stepSize', []),
      float('secondCorrection', []),
      ...plan.objective.scalarNames.map((name) => float(scalarInput(name), [])),
      float('weights', [trainable]),
      float('statistics', [flatLength(encoder.specs, 'statistic')]),
      float('firstMoment', [trainable]),
      float('secondMoment', [trainable]),
    ],
    state: Object.fromEntries(trainState.map((name) => [`next.${name}`, name])),
    build: buildTrainStep(plan),
  };
}

function buildTrainStep(plan: TrainStepPlan): Build {
  const { specs } = plan.encoder;
  return (inputs) => {
    const input = (name: string): tf.Tensor => weightNamed(inputs, name);
    const scalars = Object.fromEntries(
      plan.objective.scalarNames.map((name) => [name, input(scalarInput(name)) as tf.Scalar]),
    );
    const views = normaliseColours(
      augmentedViews(
        input('images'),
        input('crops') as tf.Tensor2D,
        input('colours') as tf.Tensor2D,
        plan.augmentation,
      ),
    );
    const weights = input('weights') as tf.Tensor1D;
    const statistics = unpackWeights(specs, 'statistic', input('statistics') as tf.Tensor1D);
    const pass = lossAndGradients(plan, views, weights, statistics, scalars);
    const slots = {
      firstMoment: input('firstMoment') as tf.Tensor1D,
      secondMoment: input('secondMoment') as tf.Tensor1D,
    };
    const rates = { stepSize: input('stepSize'), secondCorrection: input('secondCorrection') };
    const next = adamStep(weights, pass.gradient, slots, rates, plan.weightDecay);
    return {
      loss: pass.loss,
      clampRate: pass.clampRate,
      perAnchorLoss: pass.perAnchorLoss,
      'next.weights': next.weights,
      'next.statistics': packWeights(specs, 'statistic', pass.statistics),
      'next.firstMoment': next.firstMoment,
      'next.secondMoment': next.secondMoment,
    };
  };
}

/** The gradient is taken with respect to the single weights, so that the tape needs no scatter into the flat vector. */
function lossAndGradients(
  plan: TrainStepPlan,
  views: tf.Tensor4D,
  flatWeights: tf.Tensor1D,
  statistics: Readonly<Record<string, tf.Tensor>>,
  scalars: ObjectiveScalars,
): ObjectiveOutput & { gradient: tf.Tensor1D; statistics: StatisticUpdates } {
  const { specs } = plan.encoder;
  const trainable = unpackWeights(specs, 'trainable', flatWeights);
  const names = Object.keys(trainable);
  const updates: StatisticUpdates = {};
  const besides: tf.Tensor[] = [];
  const forward = (...values: tf.Tensor[]): tf.Scalar => {
    const byName = Object.fromEntries(names.map((name, at) => [name, values[at] as tf.Tensor]));
    const { projected } = encode(plan.encoder, views, { ...byName, ...statistics }, updates);
    const [z1, z2] = tf.split(unitRows(projected), 2);
    const outputs = plan.objective.loss(z1 as tf.Tensor2D, z2 as tf.Tensor2D, scalars);
    besides.push(tf.keep(outputs.clampRate), tf.keep(outputs.perAnchorLoss));
    return outputs.loss;
  };
  const { value, grads } = tf.valueAndGrads(forward)(Object.values(trainable));
  const [clampRate, perAnchorLoss] = besides.map(released);
  const gradients = Object.fromEntries(names.map((name, at) => [name, grads[at] as tf.Tensor]));
  return {
    loss: value,
    clampRate: clampRate as tf.Scalar,
    perAnchorLoss: perAnchorLoss as tf.Tensor1D,
    gradient: packWeights(specs, 'trainable', gradients),
    statistics: Object.fromEntries(
      Object.entries(updates).map(([name, tensor]) => [name, released(tensor)]),
    ),
  };
}

/** A by-product of the gradient's scope as a tensor of the present scope. */
function released(kept: tf.Tensor): tf.Tensor {
  const free = tf.clone(kept);
  kept.dispose();
  return free;
}

const smallestSquare = 1e-12;

/** Rows divided by their length. */
export function unitRows(rows: tf.Tensor2D): tf.Tensor2D {
  const squares = tf.sum(tf.square(rows), 1, true);
  return tf.mul(rows, tf.rsqrt(tf.maximum(squares, smallestSquare)));
}
