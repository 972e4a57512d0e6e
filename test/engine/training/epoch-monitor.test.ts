import { expect, it } from 'vitest';
import { EpochMonitor } from '../../../src-main/engine/training/epoch-monitor.ts';
import type { TrainingMaterial } from '../../../src-main/engine/training/material/training-material.ts';
import type { TrainingState } from '../../../src-main/engine/training/plan/training-state.ts';

/** Tells that it was asked for features; the scores themselves are tested with whole trainings. */
const material = {
  embed: () => Promise.reject(new Error('asked for features')),
} as unknown as TrainingMaterial;
const state = {
  arrays: { weights: new Float32Array(1), statistics: new Float32Array(1) },
} as unknown as TrainingState;

function scoresBefore(count: number, label: number) {
  const pictures = {
    sampleIds: Uint32Array.from({ length: count }, (_, index) => index + 1),
    labels: new Int32Array(count).fill(label),
    groups: null,
    aligned: new Uint32Array(0),
  };
  const monitor = new EpochMonitor(pictures, material, () => 0);
  return monitor.beforeTraining(state, () => Promise.resolve());
}

it('scores the untrained encoder of labelled pictures only, and of no more than 10,000', async () => {
  await expect(scoresBefore(10_000, 0)).rejects.toThrow('asked for features');
  expect(await scoresBefore(10_001, 0)).toEqual({});
  expect(await scoresBefore(100, -1)).toEqual({});
});
