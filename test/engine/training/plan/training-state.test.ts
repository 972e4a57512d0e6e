import { describe, expect, it } from 'vitest';
import { trainableEncoders } from '../../../../src-main/engine/networks/trainable-encoder.ts';
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { planTraining } from '../../../../src-main/engine/training/plan/training-plan.ts';
import {
  decodeState,
  encodeState,
  startTraining,
} from '../../../../src-main/engine/training/plan/training-state.ts';
import { smallTraining } from '../job-contexts.ts';

const encoder = trainableEncoders.resnet8;

describe('the state of a training', () => {
  it('comes back from a checkpoint with every array that it carries, whatever it is called', () => {
    const plan = planTraining(smallTraining);
    const begun = startTraining(plan.step, 3, Uint32Array.of(4, 9, 2));
    const queue = Float32Array.of(0.6, 0.8);
    const arrays = { ...begun.arrays, queue, queueIds: Int32Array.of(-1, 7) };
    const state = { ...begun, arrays, epoch: 2, step: 8, seconds: 1.5 };
    expect(decodeState(encoder, encodeState(encoder, state))).toEqual(state);
  });

  it('reads the checkpoints of before there was a choice of optimiser', () => {
    const plan = planTraining(smallTraining);
    const state = startTraining(plan.step, 3, Uint32Array.of(4, 9));
    const { weights, training } = encodeState(encoder, state);
    const count = state.arrays['weights']!.length;
    const moment = (value: number) => new Float32Array(count).fill(value);
    const older = encodeCheckpoint({
      tensors: [
        { name: 'firstMoment', shape: [count], values: moment(0.25) },
        { name: 'secondMoment', shape: [count], values: moment(0.5) },
        { name: 'sampleIds', shape: [2], values: Uint32Array.of(4, 9) },
      ],
      metadata: decodeCheckpoint(training).metadata,
    });
    const decoded = decodeState(encoder, { weights, training: older });
    expect(decoded).toEqual({
      ...state,
      arrays: { ...state.arrays, firstMoment: moment(0.25), secondMoment: moment(0.5) },
    });
  });
});
