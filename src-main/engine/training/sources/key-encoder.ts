import * as tf from '@tensorflow/tfjs';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import { statisticUpdates } from '../../networks/batch-norm.ts';
import { encode } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { flatLength, packWeights, unpackWeights } from '../../networks/weights.ts';
import { released } from '../../graph/released.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';
import { shuffled } from './key-shuffle.ts';

/** The carried inputs of the key encoder: its weights and its own batch-norm statistics, flat. */
export function keyEncoderInputs({ specs }: EncoderPlan): InputSpec[] {
  return [
    { name: 'keyWeights', shape: [flatLength(specs, 'trainable')], dtype: 'float' },
    { name: 'keyStatistics', shape: [flatLength(specs, 'statistic')], dtype: 'float' },
  ];
}

/** Unit keys of the R views, [R, d], and the key encoder's weights and statistics after the step. */
interface Keys {
  readonly keys: tf.Tensor2D;
  readonly keyWeights: tf.Tensor;
  readonly keyStatistics: tf.Tensor;
}

/**
 * The keys of views (MoCo, He et al. 2020, eq. 2): first θ_k ← m θ_k + (1 - m) θ_q, then a pass in
 * training mode with the key encoder's own batch-norm statistics, the views shuffled between its
 * splits (`shuffled`). To be called outside the gradient.
 */
export function momentumKeys(
  { encoder, batchNormSplits }: { readonly encoder: EncoderPlan; readonly batchNormSplits: number },
  views: tf.Tensor,
  weights: tf.Tensor1D,
  input: (name: string) => tf.Tensor,
): Keys {
  const momentum = input('keyMomentum');
  const old = tf.mul(input('keyWeights'), momentum);
  const keyWeights = tf.add<tf.Tensor1D>(old, tf.mul(weights, tf.sub(1, momentum)));
  const statistics = input('keyStatistics') as tf.Tensor1D;
  const byName = {
    ...unpackWeights(encoder.specs, 'trainable', keyWeights),
    ...unpackWeights(encoder.specs, 'statistic', statistics),
  };
  const updates = statisticUpdates(batchNormSplits);
  const projected = shuffled(
    views,
    batchNormSplits,
    input,
    (rows) => encode(encoder, rows, byName, updates).projected,
  );
  const moved = Object.entries(updates.moved).map(([name, tensor]) => [name, released(tensor)]);
  const next = Object.fromEntries(moved) as Record<string, tf.Tensor>;
  return {
    keys: unitRows(projected),
    keyWeights,
    keyStatistics: packWeights(encoder.specs, 'statistic', { ...byName, ...next }),
  };
}
