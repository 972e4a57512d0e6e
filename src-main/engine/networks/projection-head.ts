import * as tf from '@tensorflow/tfjs';
import type { ProjectionHead } from '../../contract/projection-heads.ts';
import type { StatisticUpdates } from './batch-norm.ts';
import { batchNorm, batchNormSpecs } from './batch-norm.ts';
import { linear, linearSpecs } from './linear.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** The network from h to z. A linear one has no hidden layer; without a head z is h. */
export interface HeadPlan {
  readonly kind: ProjectionHead;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/** A layer of a head: linear, then batch norm instead of a bias, then ReLU. */
interface HeadLayer {
  readonly name: string;
  readonly width: number;
  /**
   * The name of its batch norm. That of the last layer only scales, as in google-research/simclr: a
   * shift would move all z alike.
   */
  readonly norm?: string;
  readonly isLast: boolean;
}

function layersOf({ kind, hidden, outputs }: HeadPlan): readonly HeadLayer[] {
  const out: HeadLayer = { name: 'head.out', width: outputs, isLast: true };
  const first: HeadLayer = { name: 'head.hidden', width: hidden, isLast: false };
  const normed = { ...first, norm: 'head.bn' };
  const layers: Readonly<Record<ProjectionHead, readonly HeadLayer[]>> = {
    none: [],
    linear: [out],
    mlp: [first, out],
    'mlp-norm': [normed, out],
    'mlp-3': [
      normed,
      { name: 'head.hidden2', width: hidden, norm: 'head.bn2', isLast: false },
      { ...out, norm: 'head.bn3' },
    ],
  };
  return layers[kind];
}

/** The weights of a projection head. */
export function headSpecs(plan: HeadPlan): WeightSpec[] {
  let inputs = plan.inputs;
  return layersOf(plan).flatMap(({ name, width, norm, isLast }) => {
    const specs = linearSpecs(name, inputs, width, norm === undefined);
    inputs = width;
    if (norm === undefined) return specs;
    const ofNorm = batchNormSpecs(norm, width);
    return [...specs, ...ofNorm.filter((spec) => !isLast || spec.name !== `${norm}.bias`)];
  });
}

/** Projected z [n, plan.outputs] of features h [n, plan.inputs], not normalised. */
export function projected(
  plan: HeadPlan,
  features: tf.Tensor2D,
  weights: Weights,
  updates?: StatisticUpdates,
): tf.Tensor2D {
  let x = features;
  for (const { name, width, norm, isLast } of layersOf(plan)) {
    x = linear(x, name, weights);
    if (norm !== undefined) {
      const shifted = isLast ? { ...weights, [`${norm}.bias`]: tf.zeros([width]) } : weights;
      x = batchNorm(x, norm, shifted, updates);
    }
    if (!isLast) x = tf.relu(x);
  }
  return x;
}
