import * as tf from '@tensorflow/tfjs';
import type { ProgramSpec } from '../../src-main/engine/graph/program.ts';
import { statisticUpdates } from '../../src-main/engine/networks/batch-norm.ts';
import type { EncoderPlan } from '../../src-main/engine/networks/trainable-encoder.ts';
import { encode } from '../../src-main/engine/networks/trainable-encoder.ts';
import { flatLength, packWeights, unpackWeights } from '../../src-main/engine/networks/weights.ts';
import { batchCandidates } from '../../src-main/engine/training/sources/batch-candidates.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import { adam } from '../../src-main/engine/training/optimisers/adam.ts';
import { unitRows } from '../../src-main/engine/numeric/unit-row-tensor.ts';

/** What every statistic is: of zeros, whitened rows would have no direction. */
const statistic = 0.1;

/** The peer's optimiser: no weight decay. */
export const peerAdam = adam({ rate: 0, excluding: null });

/**
 * What the peer's benchmark does in one step, no more and no less: encoder in training mode,
 * NT-Xent, gradients and Adam on two views of `pictures` pictures, without augmentation.
 */
export function peerTrainStepSpec(
  encoder: EncoderPlan,
  pictures: number,
  size: number,
): ProgramSpec {
  const { specs } = encoder;
  const count = flatLength(specs, 'trainable');
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: 'peer-train-step',
    inputs: [
      float('images', [2 * pictures, size, size, 3]),
      ...['temperature', 'stepSize', 'secondCorrection'].map((name) => float(name, [])),
      ...['weights', 'firstMoment', 'secondMoment'].map((name) => float(name, [count])),
    ],
    state: {
      'next.weights': 'weights',
      'next.firstMoment': 'firstMoment',
      'next.secondMoment': 'secondMoment',
    },
    build: (inputs) => {
      const flat = inputs['weights'] as tf.Tensor1D;
      const weights = unpackWeights(specs, 'trainable', flat);
      const names = Object.keys(weights);
      const statistics = Object.fromEntries(
        specs
          .filter(({ kind }) => kind === 'statistic')
          .map(({ name, shape }) => [name, tf.fill([...shape], statistic)]),
      );
      const loss = (...values: tf.Tensor[]): tf.Scalar => {
        const updates = statisticUpdates();
        const byName = Object.fromEntries(names.map((name, at) => [name, values[at]!]));
        const images = inputs['images'] as tf.Tensor4D;
        const { projected } = encode(encoder, images, { ...byName, ...statistics }, updates);
        const [z1, z2] = tf.split(unitRows(projected), 2) as [tf.Tensor2D, tf.Tensor2D];
        return infoNce(batchCandidates(z1, z2), inputs['temperature'] as tf.Scalar).loss;
      };
      const { value, grads } = tf.valueAndGrads(loss)(Object.values(weights));
      const gradient = packWeights(
        specs,
        'trainable',
        Object.fromEntries(names.map((name, at) => [name, grads[at]!])),
      );
      const next = peerAdam.move({
        weights: flat,
        gradient,
        slots: inputs as Record<string, tf.Tensor1D>,
        rates: inputs,
      });
      return {
        loss: value,
        'next.weights': next.weights,
        'next.firstMoment': next.slots['firstMoment']!,
        'next.secondMoment': next.slots['secondMoment']!,
      };
    },
  };
}
