import { expect, it } from 'vitest';
import { runEvaluateJob } from '../../../src-main/engine/evaluation/evaluate-job.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { Embedder } from '../../../src-main/engine/encoders/trained/embedder.ts';
import { featureEncoderPlan } from '../../../src-main/engine/networks/trainable-encoder.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readPositive } from '../../../src-main/engine/store/positives.ts';
import { findRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { decodeState, flatWeights } from '../../../src-main/engine/training/plan/training-state.ts';
import type { TrainingState } from '../../../src-main/engine/training/plan/training-state.ts';
import { runPositivesJob } from '../../../src-main/engine/training/positives-job.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

/** As many cached views as are measured, so that all of them are taken, in whatever order. */
const views = 4;
const onPixels: TrainInput = { ...smallTraining, encoder: 'head', on: 'pixels', views };
const plan = featureEncoderPlan('head', { dimensions: 768, whitening: null }, 'mlp-norm');
const width = 128;

async function trained(change: Partial<TrainInput>) {
  const library = await scannedLibrary();
  const { run } = await runTrainJob(testContext({ library, job: 1 }), { ...onPixels, ...change });
  const { weights, training } = latestCheckpoint(library, run)!;
  const state = decodeState(plan, { weights, training: training! });
  return { library, run: findRun(library, run), state };
}

/** The cached features of a picture's views, and their z under the weights of that name. */
async function viewsOf(library: Library, state: TrainingState, id: number, isKey = false) {
  const { vectors } = library
    .query<{ vectors: Buffer }>('SELECT vectors FROM viewFeatures WHERE sampleId = ?')
    .get(id)!;
  const halves = new Float16Array(new Uint8Array(vectors).buffer);
  const embedder = await Embedder.create({ encoder: plan, batch: views, size: 16 }, 'cpu');
  const own = flatWeights(state);
  const key = {
    weights: state.arrays['keyWeights'] as Float32Array,
    statistics: state.arrays['keyStatistics'] as Float32Array,
  };
  const { z } = await embedder.embed(isKey ? key : own, Float32Array.from(halves), () =>
    Promise.resolve(),
  );
  await embedder.dispose();
  return Array.from({ length: views }, (_, view) => z.subarray(view * width, (view + 1) * width));
}

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, index) => sum + value * other[index]!, 0);

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  return { mean, spread };
}

function expectMeasured(library: Library, weightsHash: string, id: number, pairs: number[]): void {
  const measured = readPositive(library, weightsHash, id)!;
  const { mean, spread } = momentsOf(pairs);
  expect(measured.views).toBe(views);
  expect(measured.mean).toBeCloseTo(mean, 5);
  expect(measured.spread).toBeCloseTo(spread, 5);
}

it('is measured over all pairs of views in a batch, and again by the job', async () => {
  const { library, run, state } = await trained({});
  const id = state.sampleIds[7]!;
  const z = await viewsOf(library, state, id);
  const pairs = z.flatMap((one, index) => z.slice(index + 1).map((other) => dot(one, other)));
  expect(pairs).toHaveLength(6);
  expectMeasured(library, run.weightsHash!, id, pairs);
  library.query('DELETE FROM positives').run();
  const result = await runPositivesJob(testContext({ library, job: 2 }), {
    run: run.id,
    device: 'cpu',
  });
  expect(result).toMatchObject({ run: run.id, pictures: 96, views });
  expectMeasured(library, run.weightsHash!, id, pairs);
});

it('is measured between queries and keys with a queue', async () => {
  const { library, run, state } = await trained({ objective: 'moco', settings: { queueSize: 48 } });
  const id = state.sampleIds[3]!;
  const queries = await viewsOf(library, state, id);
  const keys = await viewsOf(library, state, id, true);
  const pairs = queries.flatMap((q, one) =>
    keys.flatMap((k, other) => (one === other ? [] : [dot(q, k)])),
  );
  expect(pairs).toHaveLength(12);
  expectMeasured(library, run.weightsHash!, id, pairs);
});

it('is measured against the own row of a bank', async () => {
  const { library, run, state } = await trained({ objective: 'ir' });
  const id = state.sampleIds[3]!;
  const row = (state.arrays['bankIds'] as Uint32Array).indexOf(id);
  const bank = state.arrays['bank'] as Float32Array;
  const own = bank.subarray(row * width, (row + 1) * width);
  const z = await viewsOf(library, state, id);
  expectMeasured(
    library,
    run.weightsHash!,
    id,
    z.map((view) => dot(view, own)),
  );
});

it('keeps log Z of binary NCE as the training left it, also when scored and measured again', async () => {
  const { library, run, state } = await trained({ objective: 'ir' });
  const kept = [...state.arrays['logNormaliser']!];
  expect(kept).toHaveLength(1);
  await runEvaluateJob(testContext({ library, job: 2 }), { run: run.id, k: 5 });
  expect(findRun(library, run.id).metrics.logNormalisers).toEqual(kept);
  const { logNormalisers, ...older } = run.metrics;
  expect(logNormalisers).toEqual(kept);
  updateRun(library, run.id, { metrics: older });
  await runPositivesJob(testContext({ library, job: 3 }), { run: run.id, device: 'cpu' });
  expect(findRun(library, run.id).metrics.logNormalisers).toEqual(kept);
});

it('says what to do with a run that was not trained here', async () => {
  const { library } = await trained({});
  await expect(
    runPositivesJob(testContext({ library, job: 2 }), { run: 'pixels', device: 'cpu' }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/bad-argument|not-found/) as string });
});
