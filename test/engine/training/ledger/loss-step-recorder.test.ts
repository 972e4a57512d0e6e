import { expect, it } from 'vitest';
import {
  LossStepRecorder,
  stepPositives,
  stepRows,
} from '../../../../src-main/engine/training/ledger/loss-step-recorder.ts';

/** A step of two rows of two numbers, 16 bytes. */
function step(number: number) {
  return {
    step: number,
    rowIds: Uint32Array.of(number, number),
    settings: { scalars: { temperature: 0.5 } },
    outputs: {
      [stepRows]: { shape: [2, 2], values: Float32Array.of(number, 0, 0, number) },
      [stepPositives]: { shape: [2], values: Float32Array.of(0.5, 0.5) },
    },
  };
}

it('keeps every step that fits, and as many at random of more', () => {
  const roomy = new LossStepRecorder(16 * 5);
  for (let number = 1; number <= 5; number++) roomy.add(step(number));
  expect(roomy.takeEpoch().map((kept) => kept.step)).toEqual([1, 2, 3, 4, 5]);
  const seen = new Map<number, number>();
  for (let epoch = 0; epoch < 1; epoch++) {
    for (let number = 1; number <= 40; number++) roomy.add(step(number));
    for (const kept of roomy.takeEpoch()) seen.set(kept.step, (seen.get(kept.step) ?? 0) + 1);
  }
  expect(seen.size).toBe(5);
  expect([...seen.keys()].some((number) => number > 5)).toBe(true);
  const narrow = new LossStepRecorder(15);
  narrow.add(step(1));
  expect(narrow.takeEpoch()).toEqual([]);
});

it('copies what the next step may overwrite, and passes over sources without such rows', () => {
  const recorder = new LossStepRecorder();
  const first = step(1);
  recorder.add(first);
  first.outputs[stepRows].values[0] = 99;
  recorder.add({ ...step(2), outputs: {} });
  const [kept, ...others] = recorder.takeEpoch();
  expect(kept!.rows[0]).toBe(1);
  expect(others).toEqual([]);
});
