import { untrainedEpoch } from '../../contract/untrained-start.ts';
import type { Program } from '../graph/program.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { dropEarlierWeights, saveCheckpoint } from '../store/checkpoints.ts';
import { heldOutMetric } from '../../contract/held-out.ts';
import { saveEpochMetrics } from '../store/history.ts';
import { saveLedger } from '../store/ledger.ts';
import type { LedgerAnchor } from '../store/ledger.ts';
import { saveLossSteps } from '../store/loss-steps.ts';
import { updateRun } from '../store/runs.ts';
import type { BatchDrawer } from './batches/batch-drawer.ts';
import { HistoryWriter } from './history-writer.ts';
import { bestEpoch, isTrained, rankedEpochs } from './best-epoch.ts';
import type { RankedEpoch } from './best-epoch.ts';
import type { EpochMonitor } from './epoch-monitor.ts';
import type { HeldOutMonitor } from './held-out-monitor.ts';
import type { LedgerLabels } from './ledger/ledger-labels.ts';
import { LedgerRecorder } from './ledger/ledger-recorder.ts';
import { LossStepRecorder } from './ledger/loss-step-recorder.ts';
import type { LedgerSources, StepReport } from './trainer.ts';
import { trainEpoch } from './trainer.ts';
import type { TrainingPlan } from './plan/training-plan.ts';
import { partnersByPicture } from './step/judged-pair-mask.ts';
import { differentPairsArray } from './step/known-negatives.ts';
import type { ViewFeeder } from './step/step-views.ts';
import { encodeState } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';

/** A training from the state `begun` on, with everything that its epochs need. */
interface RemainingTraining {
  readonly context: JobContext;
  readonly runId: number;
  readonly plan: TrainingPlan;
  readonly begun: TrainingState;
  readonly program: Program;
  readonly monitor: EpochMonitor;
  /** Null where nothing is held out. */
  readonly heldOut: HeldOutMonitor | null;
  /** The labels that the ledger compares; the program takes as many slots of them. */
  readonly labels: LedgerLabels;
  /** Gives the views of each step. */
  readonly views: ViewFeeder;
  /** Draws the batches of each epoch. */
  readonly batches: BatchDrawer;
  /** The job's progress at the beginning and at the end of the training, 0 to 1. */
  readonly progressFrom: number;
  readonly progressTo: number;
}

/** Trains the epochs that remain, with a checkpoint after each. */
export async function trainToEnd(training: RemainingTraining): Promise<TrainingState> {
  const { context, plan, begun, program, views, batches } = training;
  const recorder = new EpochRecorder(training);
  const sources = {
    program,
    views,
    batches,
    now: () => performance.now(),
    yieldToEvents: () => context.yieldToEvents(),
    onStep: (report: StepReport) => recorder.step(report),
    ledger: recorder.ledgerSources(),
  };
  let state = begun;
  try {
    if (state.epoch === 0) await recorder.start(state);
    while (!isTrained(plan, state.epoch, recorder.ranked())) {
      state = await trainEpoch(plan, state, sources);
      await recorder.epoch(state);
    }
  } finally {
    recorder.flush();
  }
  return state;
}

/** Records a training in the library: steps about every second, everything else after each epoch. */
class EpochRecorder {
  readonly #training: RemainingTraining;
  readonly #history: HistoryWriter;
  readonly #ledger: LedgerRecorder | null;
  readonly #lossSteps = new LossStepRecorder();
  readonly #stepSeconds: number[] = [];
  #losses: number[] = [];
  #clampRates: number[] = [];
  #measured: StepReport['measured'][] = [];
  #epochSeconds = 0;

  constructor(training: RemainingTraining) {
    this.#training = training;
    this.#history = new HistoryWriter(training.context.library, training.runId);
    const { plan, begun } = training;
    const differentOf = partnersByPicture(begun.arrays[differentPairsArray] ?? []);
    this.#ledger =
      plan.ledger &&
      new LedgerRecorder(
        plan.ledger,
        (anchor, negative) => differentOf.get(anchor)?.includes(negative) ?? false,
      );
  }

  ledgerSources(): LedgerSources | null {
    const ledger = this.#ledger;
    if (ledger === null) return null;
    return {
      labels: this.#training.labels,
      add: (step) => {
        ledger.add(step);
        this.#lossSteps.add(step);
      },
    };
  }

  step(report: StepReport): void {
    const { context, runId, plan, progressFrom, progressTo } = this.#training;
    const { step, epoch, loss, clampRate, seconds, stepSeconds } = report;
    this.#history.add({ step, epoch, loss, clampRate, seconds });
    this.#losses.push(loss);
    this.#clampRates.push(clampRate);
    this.#measured.push(report.measured);
    this.#stepSeconds.push(stepSeconds);
    this.#epochSeconds += stepSeconds;
    const shownEpoch = Math.ceil(epoch);
    context.report({
      progress: progressFrom + ((progressTo - progressFrom) * epoch) / plan.epochs,
      message: `Epoch ${shownEpoch} of ${plan.epochs}`,
      detail: {
        epoch: shownEpoch,
        epochs: plan.epochs,
        step,
        loss,
        imagesPerSecond: this.#imagesPerSecond(),
      },
      run: runId,
    });
  }

  /** Saves the scores of the encoder before its first step. */
  async start(state: TrainingState): Promise<void> {
    const { context, runId, monitor, heldOut, progressFrom } = this.#training;
    const message = 'Measuring the untrained encoder';
    context.report({ progress: progressFrom, message, run: runId });
    const yieldToEvents = (): Promise<void> => context.yieldToEvents();
    const scores = await monitor.beforeTraining(state, yieldToEvents);
    const partners = await heldOut?.measure(state, yieldToEvents);
    saveEpochMetrics(context.library, runId, untrainedEpoch, { ...scores, ...partners });
  }

  /** The epochs so far by which one is chosen; none where too few pairs are held out. */
  ranked(): RankedEpoch[] {
    const { context, runId, heldOut } = this.#training;
    return heldOut?.canChoose ? rankedEpochs(context.library, runId) : [];
  }

  /** Saves an epoch in one transaction, so that a run killed at any moment has whole epochs only. */
  async epoch(state: TrainingState): Promise<void> {
    const { context, runId, plan, monitor, heldOut } = this.#training;
    const { library } = context;
    const yieldToEvents = (): Promise<void> => context.yieldToEvents();
    const partners = await heldOut?.measure(state, yieldToEvents);
    const value = partners?.[heldOutMetric];
    const isRanked = heldOut?.canChoose === true && value !== undefined;
    const ranked = [...this.ranked(), ...(isRanked ? [{ epoch: state.epoch, value }] : [])];
    const isLast = isTrained(plan, state.epoch, ranked);
    const kept = plan.heldOut.keepEpoch === 'best' ? bestEpoch(ranked) : null;
    const scores = await monitor.afterEpoch(state, this.#epochSeconds, isLast, yieldToEvents);
    const { weightsHash, weights, training } = encodeState(plan.encoder, state);
    const loss = mean(this.#losses);
    const clampRate = mean(this.#clampRates);
    const anchors = this.#ledger?.takeEpoch() ?? [];
    const lossSteps = this.#lossSteps.takeEpoch();
    library.write(() => {
      this.#history.flush();
      const checkpoint = { runId, epoch: state.epoch, weightsHash, weights, training };
      saveCheckpoint(library, checkpoint, kept);
      const stored = [...plan.storedEpochs, ...(kept === null ? [] : [kept])];
      dropEarlierWeights(library, runId, state.epoch, new Set(stored));
      saveLedger(library, runId, state.epoch, anchors);
      // The recorded steps are those of the weights that the run will have.
      if ((kept ?? state.epoch) === state.epoch) {
        saveLossSteps(library, runId, state.epoch, lossSteps);
      }
      saveEpochMetrics(library, runId, state.epoch, {
        ...{ loss, clampRate },
        ...measuredMeans(this.#measured),
        ...ledgerMeans(anchors),
        ...scores,
        ...partners,
      });
      const imagesPerSecond = this.#imagesPerSecond();
      updateRun(library, runId, { epochs: state.epoch, loss, imagesPerSecond, weightsHash });
    });
    this.#losses = [];
    this.#clampRates = [];
    this.#measured = [];
    this.#epochSeconds = 0;
  }

  flush(): void {
    this.#history.flush();
  }

  /** Pictures, not views, per second of the median step. */
  #imagesPerSecond(): number {
    const sorted = this.#stepSeconds.toSorted((a, b) => a - b);
    return this.#training.plan.step.batch / (sorted[Math.floor(sorted.length / 2)] ?? NaN);
  }
}

/** The ledger's numbers of an epoch as means over its anchors; empty without a ledger. */
function ledgerMeans(anchors: readonly LedgerAnchor[]): Record<string, number> {
  if (anchors.length === 0) return {};
  return {
    effectiveNegatives: mean(anchors.map(({ effectiveNegatives }) => effectiveNegatives)),
    sameLabelShare: mean(anchors.map(({ sameLabelShare }) => sameLabelShare)),
    ...(anchors[0]?.syntheticShare !== undefined && {
      syntheticShare: mean(anchors.map(({ syntheticShare = 0 }) => syntheticShare)),
    }),
  };
}

/** What the source measured, as means over the steps. */
function measuredMeans(steps: readonly StepReport['measured'][]): Record<string, number> {
  const names = Object.keys(steps[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, mean(steps.map((step) => step[name] ?? NaN))]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
