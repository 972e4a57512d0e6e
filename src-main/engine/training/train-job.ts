import { toErrorReport } from '../../contract/errors/errors.ts';
import { isFineTuning, takesFeatures } from '../../contract/encoder-kinds.ts';
import type { TrainInput, TrainResult } from '../../contract/runs.ts';
import { compileProgram } from '../graph/compile-program.ts';
import { chooseDevice } from '../devices/choose-device.ts';
import { findFrozenEncoder, frozenEncoderOfRun } from '../encoders/find-frozen-encoder.ts';
import { findTunedBase, tunedBaseOfRun } from '../encoders/tuned/tuned-base.ts';
import type { TunedBase } from '../encoders/tuned/tuned-encoder.ts';
import type { FrozenEncoder } from '../encoders/embedding/encoder.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { latestCheckpoint } from '../store/checkpoints.ts';
import type { Library } from '../store/library-file.ts';
import type { BatchDrawer } from './batches/batch-drawer.ts';
import { createBatchDrawer } from './batches/create-drawer.ts';
import { startGroups } from './batches/group-state.ts';
import { chosenPictures, givenLabelsKey, verdictGroupsKey } from './chosen-pictures.ts';
import { savePositives } from '../store/positives.ts';
import { updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { hashesOf, labelsOf, presentSamples } from '../store/samples.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import { groupsOfRows, leftOutGroups } from '../evaluation/leave-out-groups.ts';
import { libraryLeaveOut } from '../evaluation/library-leave-out.ts';
import { alignedPictures, scoreSample, spreadPictures } from '../evaluation/score-sample.ts';
import { elseOnProcessor } from './else-on-processor.ts';
import { EpochMonitor } from './epoch-monitor.ts';
import { HeldOutMonitor } from './held-out-monitor.ts';
import { keptState } from './kept-state.ts';
import { materialOfPlan } from './material/material-of-plan.ts';
import { knownPairArrays } from './known-pair-arrays.ts';
import { knownRows } from './known-rows.ts';
import { ledgerLabels } from './ledger/ledger-labels.ts';
import { givenLabelsArray, givenSlots } from './step/given-labels.ts';
import { usesLabels, usesVerdicts } from './step/judged-step.ts';
import { measurePositives } from './positives/measure-positives.ts';
import { measureRun } from './run-metrics.ts';
import { keptNormalisers } from './sources/bank-noise.ts';
import {
  begunRun,
  continuedInput,
  leftOutOf,
  picturesOf,
  refuseOtherDecoding,
  runOfJob,
} from './run-row.ts';
import { trainStepSpec } from './step/train-step.ts';
import { trainToEnd } from './train-to-end.ts';
import type { TrainingMaterial } from './material/training-material.ts';
import { planTraining, refuseTooFewPictures } from './plan/training-plan.ts';
import type { TrainingPlan } from './plan/training-plan.ts';
import { decodeState, encodeState, flatWeights, startTraining } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';

/** The parts of the job's progress at which training ends and embedding begins, and then measuring. */
const trainedShare = 0.93;
const embeddedShare = 0.97;

/**
 * Trains a run, or continues the one that this job began before it was killed; then embeds every
 * picture and scores the run.
 * @throws EngineError bad-argument, not-found, too-few-pictures, device-unavailable,
 * training-diverged, cancelled
 */
export async function runTrainJob(context: JobContext, asked: TrainInput): Promise<TrainResult> {
  const { library } = context;
  const chosen = chosenPictures(library, asked);
  const begunBefore = begunRun(library, context.job);
  const input = continuedInput(asked, begunBefore);
  if (begunBefore && !takesFeatures(input.encoder)) refuseOtherDecoding(library, begunBefore);
  const pictures = begunBefore ? picturesOf(begunBefore) : chosen.pictures;
  const frozen = await frozenBase(context, input, begunBefore);
  const tuned = await tunedBase(context, input, begunBefore);
  const plan = planTraining(input, pictures, frozen, tuned);
  refuseTooFewPictures(chosen.ids.length, input.batch);
  // A continued run has its pairs already.
  const keys = begunBefore ? noKeys : knownPairKeys(library, plan, chosen.ids, input.labelsOf);
  // A device that is not there leaves no run behind either.
  const isNamed = begunBefore === null && input.device !== 'auto';
  const named = isNamed ? await chooseDevice(input.device) : null;
  const run = runOfJob(library, context.job, input, plan, {
    ...{ chosen, frozen, ...keys },
  });
  context.report({ progress: 0, message: preparing(run), run: run.id });
  try {
    const { device } = named ?? (await chooseDevice(run.device ?? input.device));
    const begin = { chosen: chosen.ids, labelsOf: input.labelsOf };
    const attempt = { run, device, isChosenByItself: input.device === 'auto' };
    return await elseOnProcessor(context, attempt, async (used) => {
      updateRun(library, run.id, { device: used });
      const material = await materialOfPlan(context, plan, frozen, used);
      const trained = { material, device: used };
      return await trainRun(context, run, plan, begin, trained).finally(() => material.dispose());
    });
  } catch (error) {
    const isCancelled = toErrorReport(error).code === 'cancelled';
    updateRun(library, run.id, { state: isCancelled ? 'cancelled' : 'failed' });
    throw error;
  }
}

const noKeys = { verdictGroups: null, labelsGiven: null };

/**
 * Names what a training will know of pairs, before there is a run.
 * @throws EngineError bad-argument where verdicts contradict each other, or no label can be given
 */
function knownPairKeys(
  library: Library,
  { step }: TrainingPlan,
  ids: Uint32Array,
  splits: TrainInput['labelsOf'],
) {
  return {
    verdictGroups: usesVerdicts(step) ? verdictGroupsKey(library, ids) : null,
    labelsGiven: usesLabels(step) ? givenLabelsKey(library, ids, splits) : null,
  };
}

function preparing(run: Run): string {
  const leftOut = leftOutOf(run);
  return leftOut === 0 ? 'Preparing' : `Preparing; ${leftOut} pictures left out of training`;
}

/** The frozen encoder before a head, as it was when the run began; null for other trainings. */
async function frozenBase(
  context: JobContext,
  { encoder, on }: TrainInput,
  begunBefore: Run | null,
): Promise<FrozenEncoder | null> {
  if (!takesFeatures(encoder) || on === undefined) return null;
  return begunBefore ? frozenEncoderOfRun(context, begunBefore) : findFrozenEncoder(context, on);
}

/** The encoder to fine-tune, with the weights that it had when the run began; null for other trainings. */
async function tunedBase(
  context: JobContext,
  { encoder, on }: TrainInput,
  begunBefore: Run | null,
): Promise<TunedBase | null> {
  if (!isFineTuning(encoder) || on === undefined) return null;
  return begunBefore ? tunedBaseOfRun(context, begunBefore) : findTunedBase(context, on);
}

/** What a run that has no checkpoint begins with: its pictures, and the splits whose labels it is given. */
interface Beginning {
  readonly chosen: Uint32Array;
  readonly labelsOf: TrainInput['labelsOf'];
}

/** The material that a run is trained on, and the device. */
interface Trained {
  readonly material: TrainingMaterial;
  readonly device: string;
}

async function trainRun(
  context: JobContext,
  { id: runId }: Run,
  plan: TrainingPlan,
  begin: Beginning,
  { material, device }: Trained,
): Promise<TrainResult> {
  const { library } = context;
  const begun = await stateToGoOnFrom(context, runId, plan, begin, material);
  const monitor = await monitorOf(library, begun, material, context.now);
  const heldOut = HeldOutMonitor.of(library, begun, material);
  const labels = ledgerLabels(presentSamples(library));
  const given = givenSlots(begun.arrays[givenLabelsArray], begun.sampleIds.length);
  const step = { ...plan.step, labelSlots: labels.slots, givenSlots: given };
  const program = await compileProgram(trainStepSpec(step), device);
  const state = await trainToEnd({
    context,
    runId,
    plan,
    begun,
    program,
    ...{ monitor, heldOut, labels },
    views: material.views,
    batches: batchDrawer(context, plan, material),
    progressFrom: material.preparedShare,
    progressTo: trainedShare,
  }).finally(() => program.dispose());
  const kept = heldOut?.canChoose ? keptState(library, runId, plan) : null;
  return await finish(context, runId, plan, kept ?? state, {
    material,
    device,
    isKept: kept !== null,
  });
}

/**
 * The state of the last checkpoint, or without a checkpoint that before the first step; prepares
 * its pictures.
 */
async function stateToGoOnFrom(
  context: JobContext,
  runId: number,
  plan: TrainingPlan,
  { chosen, labelsOf: splits }: Beginning,
  material: TrainingMaterial,
): Promise<TrainingState> {
  const { library } = context;
  const saved = savedState(library, runId, plan);
  const wanted = saved?.sampleIds ?? chosen;
  const sampleIds = await material.prepare(wanted, (share, message) =>
    context.report({ progress: material.preparedShare * share, message, run: runId }),
  );
  if (saved) return saved;
  refuseTooFewPictures(sampleIds.length, plan.step.batch);
  const known = knownPairArrays(library, plan, sampleIds, splits);
  const fillStatistics = await material.startStatistics(
    sampleIds,
    plan.startsJudged ? knownRows(plan.step, { sampleIds, arrays: known }) : null,
    async (done) => {
      const message = `Fitting to the pictures: ${Math.round(100 * done)} %`;
      context.report({ progress: material.preparedShare, message, run: runId });
      await context.yieldToEvents();
    },
  );
  const started = startTraining(plan.step, plan.seed, sampleIds, fillStatistics);
  const arrays = { ...started.arrays, ...known };
  const { labelOf } = ledgerLabels(presentSamples(library));
  const groups = startGroups(plan.batches.settings, { sampleIds, arrays }, (id) => labelOf(id, 0));
  return { ...started, arrays: { ...arrays, ...groups } };
}

/** Draws the batches of a training, by its z where they are of near pictures. */
function batchDrawer(
  context: JobContext,
  plan: TrainingPlan,
  material: TrainingMaterial,
): BatchDrawer {
  const yieldToEvents = (): Promise<void> => context.yieldToEvents();
  return createBatchDrawer(plan.batches, {
    yieldToEvents,
    embed: async (state) => {
      const count = state.sampleIds.length;
      const { h, z } = await material.embed(flatWeights(state), state.sampleIds, yieldToEvents);
      // An empty z is the same as h.
      const vectors = z.length > 0 ? z : h;
      return { vectors, count, dimensions: vectors.length / count };
    },
  });
}

function savedState(library: Library, runId: number, plan: TrainingPlan): TrainingState | null {
  const checkpoint = latestCheckpoint(library, runId);
  if (!checkpoint?.training) return null;
  const { weights, training } = checkpoint;
  return decodeState(plan.encoder, { weights, training });
}

/** Scores the training's pictures, of which the same are drawn in every run. */
async function monitorOf(
  library: Library,
  { sampleIds }: TrainingState,
  material: TrainingMaterial,
  now: () => number,
): Promise<EpochMonitor> {
  const samples = presentSamples(library);
  const order = scoreSample(hashesOf(samples, sampleIds), spreadPictures);
  const monitored = order.map((index) => sampleIds[index] ?? 0);
  const labels = singleLabels(labelsOf(samples, monitored), samples.labelMembers);
  const groups = groupsOfRows(await leftOutGroups(library, libraryLeaveOut(library)), monitored);
  const aligned = monitored.subarray(0, alignedPictures);
  return new EpochMonitor({ sampleIds: monitored, labels, groups, aligned }, material, now);
}

async function finish(
  context: JobContext,
  runId: number,
  plan: TrainingPlan,
  state: TrainingState,
  { material, device, isKept }: Trained & { readonly isKept: boolean },
): Promise<TrainResult> {
  const { library } = context;
  const { weightsHash } = encodeState(plan.encoder, state);
  const run = updateRun(library, runId, { weightsHash });
  await material.embedPresent(flatWeights(state), run.weightsHash ?? '', (done, total) =>
    context.report({
      progress: trainedShare + ((embeddedShare - trainedShare) * done) / total,
      message: `Embedding: ${done} of ${total}`,
      run: runId,
    }),
  );
  const positives = await measurePositives(context, {
    ...{ plan, state, material, device },
    onProgress: (done, total) =>
      context.report({
        progress: embeddedShare + ((1 - embeddedShare) * done) / total,
        message: `Measuring the positives: ${done} of ${total}`,
        run: runId,
      }),
  });
  savePositives(library, run.weightsHash ?? '', positives);
  const scores = await measureRun(context, run, state, material);
  const metrics = {
    ...scores,
    ...(isKept && { keptEpoch: state.epoch }),
    ...keptNormalisers(state.arrays),
  };
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
