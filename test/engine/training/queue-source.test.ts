import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import type { Program } from '../../../src-main/engine/graph/program.ts';
import { drawAugmentation } from '../../../src-main/engine/augmentation/augmentation-draws.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import {
  carriedNames,
  scalarInput,
  trainStepSpec,
} from '../../../src-main/engine/training/step/train-step.ts';
import type { TrainingPlan } from '../../../src-main/engine/training/plan/training-plan.ts';
import {
  startTraining,
  stateArray,
} from '../../../src-main/engine/training/plan/training-state.ts';
import type { StateArray } from '../../../src-main/engine/training/sources/training-source.ts';
import { narrowPlan, narrowStart, trainNarrow } from './narrow-training.ts';

const batch = 3;
const momentum = 0.9;

function queuePlan(queueSize: number): TrainingPlan {
  const settings = { queueSize, keyMomentum: momentum };
  return narrowPlan({ objective: 'moco', settings, learningRate: 0.05, warmupEpochs: 0 });
}

interface Step {
  readonly loss: number;
  readonly after: (name: string) => StateArray;
}

/** One step on made pictures from the given state, `changes` in place of some of its arrays. */
async function oneStep(
  plan: TrainingPlan,
  program: Program,
  changes: Record<string, StateArray> = {},
  step = 1,
): Promise<Step> {
  const state = startTraining(plan.step, 4, Uint32Array.of(1, 2, 3));
  const arrays = { ...state.arrays, ...changes };
  const carried = carriedNames(plan.step).map((name) => [name, arrays[name]!]);
  program.writeState(Object.fromEntries(carried) as Record<string, Float32Array>);
  const random = seedRandom(8);
  const { size, source, optimiser } = plan.step;
  const pictures = Uint8Array.from({ length: batch * size * size * 3 }, () => random.index(256));
  const images = Uint8Array.of(...pictures, ...pictures);
  const { crops, colours } = drawAugmentation(2 * batch, plan.step.augmentation, random);
  const ids = Uint32Array.of(1, 2, 3);
  const { feeds } = source.host(arrays).step({ batch: ids, step, epoch: 0, random, scalars: {} });
  const numbers = {
    ...optimiser.rates(0.05, step),
    [scalarInput('temperature')]: plan.objective.settings.temperature!,
  };
  const scalars = Object.entries(numbers).map(([name, value]) => [name, Float32Array.of(value)]);
  const fed = Object.fromEntries(scalars) as Record<string, Float32Array>;
  const outputs = await program.run({ images, crops, colours, ...feeds, ...fed });
  const next = program.readState();
  return {
    loss: outputs['loss']!.values[0]!,
    after: (name) => next[name]!.values as StateArray,
  };
}

function begun(plan: TrainingPlan, name: string): StateArray {
  return stateArray(startTraining(plan.step, 4, Uint32Array.of(1, 2, 3)), name);
}

describe('the queue', () => {
  it('begins as unit rows of the seed', () => {
    const plan = queuePlan(12);
    const [queue, width] = [begun(plan, 'queue'), plan.encoder.head.outputs];
    for (let row = 0; row < 12; row += 1) {
      const length = Math.hypot(...queue.slice(row * width, (row + 1) * width));
      expect(length).toBeCloseTo(1, 5);
    }
    expect(begun(plan, 'queue')).toEqual(queue);
    const other = startTraining(plan.step, 5, Uint32Array.of(1, 2, 3));
    expect(stateArray(other, 'queue')).not.toEqual(queue);
  });

  it('puts the keys into its oldest rows and leaves the others as they are', async () => {
    const plan = queuePlan(12);
    const program = await compileProgram(trainStepSpec(plan.step), 'cpu', { threads: 1 });
    const before = begun(plan, 'queue');
    const taken = batch * plan.encoder.head.outputs;
    for (const [step, index] of [
      [1, 0],
      [4, 3],
      [5, 0],
    ] as const) {
      const { after } = await oneStep(plan, program, {}, step);
      const queue = after('queue');
      const from = index * taken;
      expect(queue.slice(0, from)).toEqual(before.slice(0, from));
      expect(queue.slice(from + taken)).toEqual(before.slice(from + taken));
      const keys = queue.slice(from, from + taken);
      expect(keys.every((value, element) => value !== before[from + element])).toBe(true);
    }
    await program.dispose();
  });

  it('moves the key encoder by m towards the encoder as it was before the step', async () => {
    const plan = queuePlan(6);
    const program = await compileProgram(trainStepSpec(plan.step), 'cpu', { threads: 1 });
    const weights = begun(plan, 'weights');
    const keyWeights = Float32Array.from(weights, (value, element) => value + Math.sin(element));
    const { after } = await oneStep(plan, program, { keyWeights });
    const expected = keyWeights.map(
      (key, element) => momentum * key + (1 - momentum) * weights[element]!,
    );
    const moved = after('keyWeights');
    expect(
      Math.max(...moved.map((value, element) => Math.abs(value - expected[element]!))),
    ).toBeLessThan(1e-6);
    expect(after('weights')).not.toEqual(weights);
    expect(after('keyStatistics')).not.toEqual(begun(plan, 'keyStatistics'));
    expect(after('keyStatistics')).not.toEqual(after('statistics'));
    await program.dispose();
  });

  it('is read before the keys of the step enter it', async () => {
    const plan = queuePlan(batch);
    const program = await compileProgram(trainStepSpec(plan.step), 'cpu', { threads: 1 });
    const { after } = await oneStep(plan, program);
    // The keys themselves would be as similar as the positive is: a loss of log 2 at least.
    const opposite = Float32Array.from(after('queue'), (value) => -value);
    const { loss } = await oneStep(plan, program, { queue: opposite });
    expect(loss).toBeLessThan(0.1);
    await program.dispose();
  });

  it('knows whose keys it holds, and forgets the oldest', async () => {
    const plan = queuePlan(6);
    const { state } = await trainNarrow(plan, narrowStart(plan, 3), 1, 'cpu');
    const ids = stateArray(state, 'queueIds');
    expect(new Set(ids).size).toBe(6);
    const { state: next } = await trainNarrow(plan, state, 1, 'cpu');
    expect(stateArray(next, 'queueIds')).not.toEqual(ids);
    expect([...stateArray(next, 'queueIds')].every((id) => id >= 1 && id <= 9)).toBe(true);
  });
});
