import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import {
  decodeState,
  encodeState,
  stateArray,
} from '../../../src-main/engine/training/plan/training-state.ts';
import { narrowPlan, narrowStart, trainNarrow } from './narrow-training.ts';

const pictures = 18;
const steps = 6;

const recipe = { recipe: 'sgd-cosine', learningRate: 0.05, warmupEpochs: 0, epochs: 4 } as const;

const trainings: [string, Partial<TrainInput>][] = [
  ['ir', { objective: 'ir', settings: { nceK: 4 } }],
  [
    'ir over so many rows that only the drawn ones are scored',
    { objective: 'ir', settings: { nceK: 1 } },
  ],
  ['ir by a full softmax', { objective: 'ir', settings: { nceK: 0, loss: 'info-nce' } }],
  ['ir-ring', { objective: 'ir-ring', settings: { nceK: 4, ringOuter: 0.8 } }],
  ['cmc', { objective: 'cmc', settings: { nceK: 4 } }],
  ['cmc, only the drawn rows scored', { objective: 'cmc', settings: { nceK: 1 } }],
  ['cmc-ring', { objective: 'cmc-ring', settings: { nceK: 4, ringOuter: 0.8 } }],
  ['cmc by binary NCE', { objective: 'cmc', settings: { nceK: 4, loss: 'binary-nce' } }],
  ['cmc-nce', { objective: 'cmc-nce', settings: { nceK: 4 } }],
  ['cmc-nce as published', { objective: 'cmc-nce', settings: { nceK: 1, normaliser: 'first' } }],
  ['prototypes', { objective: 'prototypes', settings: { prototypes: 4 } }],
  ['a hard bank', { objective: 'ir', settings: { selection: 'hard', loss: 'info-nce', nceK: 5 } }],
];

describe('a training against a memory bank', () => {
  it.each(trainings)('goes on from a checkpoint bit for bit: %s', async (_, change) => {
    const plan = narrowPlan({ ...recipe, ...change }, pictures);
    const start = narrowStart(plan, steps);
    const whole = await trainNarrow(plan, start, 3, 'cpu');
    const half = await trainNarrow(plan, start, 2, 'cpu');
    const resumed = decodeState(plan.encoder, encodeState(plan.encoder, half.state));
    const rest = await trainNarrow(plan, resumed, 1, 'cpu');
    expect([...half.losses, ...rest.losses]).toEqual(whole.losses);
    expect(rest.state).toEqual(whole.state);
    expect(whole.losses.every(Number.isFinite)).toBe(true);
    expect(new Set(whole.losses).size).toBe(whole.losses.length);
  });

  it('keeps unit rows, and moves those of every picture that was in a step', async () => {
    const plan = narrowPlan({ ...recipe, objective: 'ir', settings: { nceK: 4 } }, pictures + 1);
    const start = narrowStart(plan, steps);
    const { state } = await trainNarrow(plan, start, 1, 'cpu');
    const [before, after] = [stateArray(start, 'bank'), stateArray(state, 'bank')];
    const width = before.length / (pictures + 1);
    for (let row = 0; row < pictures; row += 1) {
      const [from, to] = [row * width, (row + 1) * width];
      expect(Math.hypot(...after.slice(from, to))).toBeCloseTo(1, 5);
      expect(after.slice(from, to)).not.toEqual(before.slice(from, to));
    }
    expect(after.slice(pictures * width)).toEqual(before.slice(pictures * width));
  });

  it('takes Z from the first batch for the whole training', async () => {
    const settings = { nceK: 4, normaliser: 'first' };
    const plan = narrowPlan({ ...recipe, objective: 'ir', settings }, pictures);
    const start = narrowStart(plan, steps);
    expect(stateArray(start, 'logNormaliser')[0]).toBeLessThan(-1e20);
    const { state } = await trainNarrow(plan, start, 1, 'cpu');
    const [logZ] = stateArray(state, 'logNormaliser');
    // n · mean(exp(s / 0.07)): between n e^(-1/t) and n e^(1/t).
    expect(Math.abs(logZ! - Math.log(pictures))).toBeLessThan(1 / 0.07);
    const { state: later } = await trainNarrow(plan, state, 1, 'cpu');
    expect(stateArray(later, 'logNormaliser')[0]).toBe(logZ);
  });

  it('takes a Z for each side from the first batch (cmc-nce)', async () => {
    const settings = { nceK: 4, normaliser: 'first' };
    const plan = narrowPlan({ ...recipe, objective: 'cmc-nce', settings }, pictures);
    const { state } = await trainNarrow(plan, narrowStart(plan, steps), 1, 'cpu');
    const { state: later } = await trainNarrow(plan, state, 1, 'cpu');
    const ofSides = ['lightnessLogNormaliser', 'colourLogNormaliser'].map((name) => {
      const [first, second] = [state, later].map((held) => stateArray(held, name)[0]!);
      expect(second).toBe(first);
      expect(Math.abs(first! - Math.log(pictures))).toBeLessThan(1 / 0.07);
      return first;
    });
    expect(ofSides[0]).not.toBe(ofSides[1]);
  });

  it('takes Z anew from each batch with the rule for each batch', async () => {
    const plan = narrowPlan({ ...recipe, objective: 'ir', settings: { nceK: 4 } }, pictures);
    const { state } = await trainNarrow(plan, narrowStart(plan, steps), 1, 'cpu');
    const { state: later } = await trainNarrow(plan, state, 1, 'cpu');
    const [before, after] = [state, later].map((index) => stateArray(index, 'logNormaliser')[0]);
    expect(after).not.toBe(before);
    expect(Math.abs(after! - Math.log(pictures))).toBeLessThan(1 / 0.07);
  });
});
