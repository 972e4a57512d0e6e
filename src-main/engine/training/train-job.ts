import { toErrorReport } from '../../contract/errors.ts';
import type { TrainInput, TrainResult } from '../../contract/runs.ts';
import { compileProgram } from '../compute/compile-program.ts';
import { chooseDevice } from '../compute/devices.ts';
import { decodingThreads } from '../embedding/decoding-threads.ts';
import { embedPictures, withoutFailed } from '../embedding/embed-pictures.ts';
import { Embedder } from '../embedding/embedder.ts';
import { ViewAligner } from '../embedding/view-alignment.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { ensurePixels } from '../library/decode-pixels.ts';
import { latestCheckpoint } from '../store/checkpoints.ts';
import type { Library } from '../store/library-file.ts';
import { readPixels } from '../store/pixels.ts';
import { updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { presentSampleIds } from '../store/samples.ts';
import { groupsOfSamples } from '../verdicts/library-verdicts.ts';
import { EpochMonitor, monitoredPictures } from './epoch-monitor.ts';
import { verdictGroupsArray } from './judged-groups.ts';
import { usesVerdicts } from './judged-step.ts';
import { labelBySample, measureRun } from './run-metrics.ts';
import { picturesOfJob, runOfJob } from './run-row.ts';
import { seedRandom, shuffledOrder } from './random.ts';
import { trainStepSpec } from './train-step.ts';
import { trainToEnd } from './train-to-end.ts';
import { planTraining, refuseTooFewPictures } from './training-plan.ts';
import type { TrainingPlan } from './training-plan.ts';
import { decodeState, flatWeights, startTraining } from './training-state.ts';
import type { TrainingState } from './training-state.ts';

/** Shares of a job's progress: decoding to the first, training to the second, embedding to the end. */
const decodedShare = 0.04;
const trainedShare = 0.93;

/**
 * Trains a run, or goes on with the one this job began before it was killed; then embeds every
 * picture and scores the run.
 * @throws EngineError bad-argument, too-few-pictures, device-unavailable, training-diverged, cancelled
 */
export async function runTrainJob(context: JobContext, input: TrainInput): Promise<TrainResult> {
  const { library } = context;
  const present = presentSampleIds(library);
  const begunWith = picturesOfJob(library, context.job);
  const pictures = begunWith ?? present.length;
  const plan = planTraining(input, pictures);
  refuseTooFewPictures(present.length, input.batch);
  // Contradictions are told before there is a run; a run that has begun keeps the groups it began with.
  if (begunWith === null && usesVerdicts(plan.step)) groupsOfSamples(library, present);
  const run = runOfJob(library, context.job, input, plan, pictures);
  context.report({ progress: 0, message: 'Preparing', run: run.id });
  try {
    const { device } = await chooseDevice(run.device ?? input.device);
    updateRun(library, run.id, { device, state: 'training' });
    return await trainRun(context, run, plan, device);
  } catch (error) {
    const isCancelled = toErrorReport(error).code === 'cancelled';
    updateRun(library, run.id, { state: isCancelled ? 'cancelled' : 'failed' });
    throw error;
  }
}

async function trainRun(
  context: JobContext,
  { id: runId }: Run,
  plan: TrainingPlan,
  device: string,
): Promise<TrainResult> {
  const { library } = context;
  const begun = resumed(library, runId, plan) ?? (await begin(context, runId, plan));
  const { encoder } = plan;
  const { batch, size, augmentation } = plan.step;
  const embedder = await Embedder.create({ encoder, batch, size }, device);
  const aligner = await ViewAligner.create({ encoder, batch, size, augmentation }, device);
  try {
    const monitor = monitorOf(library, begun, embedder, aligner, context.now);
    const program = await compileProgram(trainStepSpec(plan.step), device);
    const state = await trainToEnd({
      context,
      runId,
      plan,
      begun,
      program,
      monitor,
      progressFrom: decodedShare,
      progressTo: trainedShare,
    }).finally(() => program.dispose());
    return await finish(context, runId, plan, state, { embedder, aligner, device });
  } finally {
    await embedder.dispose();
    await aligner.dispose();
  }
}

/** The state of the last checkpoint, or null when none was written yet. */
function resumed(library: Library, runId: number, plan: TrainingPlan): TrainingState | null {
  const checkpoint = latestCheckpoint(library, runId);
  if (!checkpoint?.training) return null;
  const { weights, training } = checkpoint;
  return decodeState(plan.encoder, { weights, training });
}

async function begin(
  context: JobContext,
  runId: number,
  plan: TrainingPlan,
): Promise<TrainingState> {
  const { library, signal } = context;
  const present = presentSampleIds(library);
  const { failed } = await ensurePixels({
    library,
    sampleIds: present,
    size: plan.step.size,
    signal,
    onProgress: (done, total) =>
      context.report({
        progress: (decodedShare * done) / total,
        message: `Decoding pictures: ${done} of ${total}`,
        run: runId,
      }),
    workers: decodingThreads(),
  });
  const sampleIds = withoutFailed(present, failed);
  refuseTooFewPictures(sampleIds.length, plan.step.batch);
  const started = startTraining(plan.step, plan.seed, sampleIds);
  if (!usesVerdicts(plan.step)) return started;
  const groups = groupsOfSamples(library, sampleIds);
  return { ...started, arrays: { ...started.arrays, [verdictGroupsArray]: groups } };
}

function monitorOf(
  library: Library,
  { sampleIds }: TrainingState,
  embedder: Embedder,
  aligner: ViewAligner,
  now: () => number,
): EpochMonitor {
  const order = shuffledOrder(sampleIds.length, seedRandom(0)).subarray(0, monitoredPictures);
  const monitored = Uint32Array.from(order, (position) => sampleIds[position] ?? 0);
  const labelOf = labelBySample(library);
  const labels = Int32Array.from(monitored, (id) => labelOf.get(id) ?? -1);
  const read = (ids: Uint32Array): Uint8Array => readPixels(library, ids, embedder.plan.size);
  const pictures = { sampleIds: monitored, labels, readPixels: read };
  return new EpochMonitor(pictures, embedder, aligner, now);
}

interface Evaluators {
  readonly embedder: Embedder;
  readonly aligner: ViewAligner;
  readonly device: string;
}

async function finish(
  context: JobContext,
  runId: number,
  plan: TrainingPlan,
  state: TrainingState,
  { embedder, aligner, device }: Evaluators,
): Promise<TrainResult> {
  const { library } = context;
  const run = updateRun(library, runId, {});
  await embedPictures(context, {
    embedder,
    weights: flatWeights(state),
    weightsHash: run.weightsHash ?? '',
    sampleIds: presentSampleIds(library),
    onProgress: (done, total) =>
      context.report({
        progress: trainedShare + ((1 - trainedShare) * done) / total,
        message: `Embedding: ${done} of ${total}`,
        run: runId,
      }),
  });
  const metrics = await measureRun(context, run, plan, state, aligner);
  const done = updateRun(library, runId, { metrics, state: 'done' });
  return {
    run: runId,
    device,
    epochs: done.epochs,
    loss: done.loss ?? NaN,
    imagesPerSecond: done.imagesPerSecond ?? 0,
    metrics,
  };
}
