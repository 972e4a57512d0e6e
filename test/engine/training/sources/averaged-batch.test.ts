import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { unsetLogAverage } from '../../../../src-main/engine/losses/global-contrastive.ts';
import { averagedBatchSource } from '../../../../src-main/engine/training/sources/averaged-batch.ts';
import {
  decodeState,
  encodeState,
} from '../../../../src-main/engine/training/plan/training-state.ts';
import { narrowPlan, narrowStart, trainNarrow } from '../narrow-training.ts';

describe('the batch with averages of its denominators', () => {
  it('moves the averages of the pictures of a step, and no others', () => {
    const temperature = 0.5;
    const rate = 0.75;
    // Two pictures whose four views are all orthogonal: every negative has the mass e^0 = 1.
    const z = tf.eye(4);
    const before = [Math.log(3), unsetLogAverage, Math.log(9)];
    const inputs: Record<string, tf.Tensor> = {
      logAverages: tf.tensor1d(before),
      bankRows: tf.tensor1d([2, 1], 'int32'),
    };
    const step = averagedBatchSource(2, 3).build({
      views: tf.zeros([4, 1]),
      weights: tf.zeros([1]),
      scalars: { temperature: tf.scalar(temperature), averageRate: tf.scalar(rate) },
      input: (name) => inputs[name]!,
    });
    const { logAverages } = step.next(z);
    const moved = [...logAverages!.dataSync()].map(Math.exp);
    const wanted = [3, 1, (1 - rate) * 9 + rate * 1];
    for (const [row, value] of wanted.entries()) expect(moved[row]).toBeCloseTo(value, 5);
  });

  it('goes on from a checkpoint with the averages that it had', async () => {
    const plan = narrowPlan({ objective: 'sogclr', epochs: 4 }, 6);
    const start = narrowStart(plan, 2);
    const whole = await trainNarrow(plan, start, 4, 'cpu');
    const half = await trainNarrow(plan, start, 2, 'cpu');
    const averages = half.state.arrays['logAverages'] as Float32Array;
    expect(averages.filter((value) => value > unsetLogAverage / 2).length).toBeGreaterThan(0);
    const resumed = decodeState(plan.encoder, encodeState(plan.encoder, half.state));
    const rest = await trainNarrow(plan, resumed, 2, 'cpu');
    expect([...half.losses, ...rest.losses]).toEqual(whole.losses);
    expect(rest.state).toEqual(whole.state);
  });
});
