import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { tunedStarterBase } from '../../../src-main/engine/encoders/tuned/tuned-base.ts';
import { planTraining } from '../../../src-main/engine/training/plan/training-plan.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { decodeState, encodeState } from '../../../src-main/engine/training/plan/training-state.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { rememberDevice } from '../devices/remembered-device.ts';
import { smallTraining, testContext, testModelFolder } from './job-contexts.ts';
import { narrowPlan, narrowStart, trainNarrow } from './narrow-training.ts';

/** Steps so small that rounding does not grow from step to step. */
const recipe = { recipe: 'sgd', learningRate: 0.002, warmupEpochs: 0, epochs: 2 } as const;
const eager = 'tfjs-cpu';

const common: TrainInput = { ...smallTraining, ...recipe, batch: 12, size: undefined };
const head: TrainInput = { ...common, encoder: 'head', on: 'pixels' };
function largestGap(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Array.from(one).reduce((most, x, at) => Math.max(most, Math.abs(x - other[at]!)), 0);
}

/** Trains on a device; the run, what it embedded, and its weights. */
async function train(library: Library, device: string, input: TrainInput, killAt = Infinity) {
  if (device !== 'cpu') rememberDevice(device);
  const wanted = { ...input, device: device === 'cpu' ? 'cpu' : 'auto' };
  let reports = 0;
  const killed = testContext({
    ...{ library, job: 1 },
    onReport: ({ message }) => {
      if (message.startsWith('Epoch 2')) reports += 1;
      if (reports === killAt) throw new Error('killed');
    },
  });
  if (killAt < Infinity) await expect(runTrainJob(killed, wanted)).rejects.toThrow('killed');
  const { run: id } = await runTrainJob(testContext({ library, job: 1 }), wanted);
  const run = findRun(library, id);
  expect(run.device).toBe(device);
  const { weights } = latestCheckpoint(library, id)!;
  const ids = presentSampleIds(library);
  return {
    ...{ run, ids, losses: [...readHistory(library, id).losses] },
    tensors: decodeCheckpoint(weights).tensors,
    h: readEmbeddings(library, run.weightsHash!, 'h', ids).vectors,
  };
}

type Trained = Awaited<ReturnType<typeof train>>;

function expectSame(found: Trained, wanted: Trained, tolerance: number): void {
  expect(wanted.losses).toHaveLength(4);
  expect(largestGap(found.losses, wanted.losses)).toBeLessThan(tolerance);
  expect(largestGap(found.h, wanted.h)).toBeLessThan(tolerance);
  for (const [at, { name, values }] of wanted.tensors.entries()) {
    const gap = largestGap(
      Array.from(found.tensors[at]!.values, Number),
      Array.from(values, Number),
    );
    expect(gap, name).toBeLessThan(tolerance);
  }
}

describe('the eager device (what TensorFlow with CUDA runs on), on tfjs’ own backend', () => {
  it('trains, resumes and embeds a head on raw pixels as the cpu does', async () => {
    const classes = ['animal-bird', 'clothing'];
    const wanted = await train(await scannedLibrary(classes), 'cpu', head);
    const library = await scannedLibrary(classes);
    const whole = await train(library, eager, head);
    expectSame(whole, wanted, 1e-3);
    expect(largestGap(wanted.losses.slice(0, 1), wanted.losses.slice(3))).toBeGreaterThan(1e-3);

    const resumed = await train(await scannedLibrary(classes), eager, head, 2);
    expect(resumed.run.weightsHash).toBe(whole.run.weightsHash);

    library.query('DELETE FROM embeddings').run();
    const context = testContext({ library, job: 2 });
    await runEmbedJob(context, { encoder: whole.run.id, device: 'auto' });
    const again = readEmbeddings(library, whole.run.weightsHash!, 'h', whole.ids).vectors;
    expect(largestGap(again, whole.h)).toBeLessThan(1e-5);
  });

  it('goes on with a narrow resnet from a checkpoint bit for bit', async () => {
    const plan = narrowPlan(recipe, 12);
    const start = narrowStart(plan, 4);
    const whole = await trainNarrow(plan, start, 2, eager);
    const first = await trainNarrow(plan, start, 1, eager);
    const kept = decodeState(plan.encoder, encodeState(plan.encoder, first.state));
    const second = await trainNarrow(plan, kept, 1, eager);
    expect([...first.losses, ...second.losses]).toEqual(whole.losses);
    expect(second.state.arrays).toEqual(whole.state.arrays);
    const onProcessor = await trainNarrow(plan, start, 2, 'cpu');
    expect(largestGap(whole.losses, onProcessor.losses)).toBeLessThan(1e-3);
  });

  it('fine-tunes the starter encoder as the cpu does', async () => {
    const tuned = await tunedStarterBase(testModelFolder());
    const tuning = { ...common, encoder: 'finetune', on: 'starter', trainFrom: 'extern1' } as const;
    const small = { size: 32, batch: 3, ledgerSize: 0, learningRate: 0.5 };
    const input = { ...tuning, ...small };
    const plan = planTraining(input, 6, null, tuned);
    const start = narrowStart(plan, 2);
    const [onProcessor, found] = [
      await trainNarrow(plan, start, 1, 'cpu'),
      await trainNarrow(plan, start, 1, eager),
    ];
    expect(onProcessor.losses).toHaveLength(2);
    expect(largestGap(found.losses, onProcessor.losses)).toBeLessThan(1e-3);
    const weights = ({ state }: typeof found) => state.arrays['weights']!;
    const moved = largestGap(weights(onProcessor), start.arrays['weights']!);
    expect(moved).toBeGreaterThan(1e-5);
    expect(largestGap(weights(found), weights(onProcessor))).toBeLessThan(moved / 20);
  });
});
