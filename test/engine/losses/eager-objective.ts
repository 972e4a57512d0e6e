import * as tf from '@tensorflow/tfjs';
import { presets } from '../../../src-main/contract/objectives/presets.ts';
import { batchCandidates } from '../../../src-main/engine/training/sources/batch-candidates.ts';
import { objectiveLoss } from '../../../src-main/engine/losses/objective-loss.ts';

/** Presets whose negatives are the batch's, and that are no more than a selection of them. */
export const batchPresets = ['simclr', 'debiased', 'hard', 'ring'] as const;
export type BatchPreset = (typeof batchPresets)[number];

export interface EagerResult {
  readonly loss: number;
  readonly perAnchor: number[];
  readonly clampRate: number;
  readonly grad: { readonly z1: number[][]; readonly z2: number[][] };
}

/** Loss and gradient on tfjs's own cpu backend (float32); `scalars` as the objective names them. */
export async function eagerObjective(
  preset: BatchPreset,
  z1: readonly (readonly number[])[],
  z2: readonly (readonly number[])[],
  scalars: Readonly<Record<string, number>>,
): Promise<EagerResult> {
  await tf.setBackend('cpu');
  return tf.tidy(() => {
    const inputs = Object.fromEntries(
      Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)]),
    );
    const views = [z1, z2].map((rows) => tf.tensor2d(rows.map((row) => [...row])));
    const loss = (left: tf.Tensor2D, right: tf.Tensor2D) =>
      objectiveLoss(presets[preset]).of(batchCandidates(left, right), inputs);
    const output = loss(views[0]!, views[1]!);
    const gradients = tf.grads(
      (left, right) => loss(left as tf.Tensor2D, right as tf.Tensor2D).loss,
    )(views);
    return {
      loss: output.loss.dataSync()[0]!,
      perAnchor: [...output.perAnchorLoss.dataSync()],
      clampRate: output.clampRate.dataSync()[0]!,
      grad: {
        z1: gradients[0]!.arraySync() as number[][],
        z2: gradients[1]!.arraySync() as number[][],
      },
    };
  });
}
