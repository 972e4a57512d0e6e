import { EngineError } from '../../contract/errors/errors.ts';
import { learningRateAt } from '../../contract/learning-rate.ts';
import type { NamedArray, Program } from '../graph/program.ts';
import type { BatchDrawer } from './batches/batch-drawer.ts';
import { randomBatches } from './batches/create-drawer.ts';
import { knownDrawer } from './batches/known-draws.ts';
import { knownPairFeeder } from './judged-feeds.ts';
import { positiveDrawer } from './step/judged-positives.ts';
import { knownPairsOfStep } from './step/known-pairs-of-step.ts';
import { weightLogit } from './ledger/weight-logits.ts';
import type { LedgerLabels } from './ledger/ledger-labels.ts';
import { columnLabels, rowLabels } from './ledger/ledger-step.ts';
import type { LedgerStep } from './ledger/ledger-recorder.ts';
import type {
  HostStep,
  SourceFeeds,
  StateArray,
  TrainingSource,
} from './sources/training-source.ts';
import type { LossStepSettings } from '../store/loss-steps.ts';
import { restoreRandom } from '../numeric/random.ts';
import type { Random } from '../numeric/random.ts';
import { ObjectiveSchedule } from './plan/objective-schedule.ts';
import type { ViewFeeder } from './step/step-views.ts';
import { carriedNames, measuredOutput, scalarInput } from './step/train-step.ts';
import type { TrainingPlan } from './plan/training-plan.ts';
import type { TrainingState } from './plan/training-state.ts';
import { flatWeights, stateArray } from './plan/training-state.ts';

/** The numbers of one step that are recorded; times in seconds. */
export interface StepReport {
  /** Counted from 1. */
  readonly step: number;
  /** Epochs done, including the fraction of the present one. */
  readonly epoch: number;
  readonly loss: number;
  readonly clampRate: number;
  /** What the source measured (`TrainingSource.measures`). */
  readonly measured: Readonly<Record<string, number>>;
  readonly stepSeconds: number;
  /** The sum of all steps' times since the training began. */
  readonly seconds: number;
}

/** What training an epoch takes in addition to the plan and the state. */
interface TrainerSources {
  /** The compiled `trainStepSpec` of the plan. */
  readonly program: Program;
  readonly views: ViewFeeder;
  /** Draws the batches of each epoch; left out, they are random. */
  readonly batches?: BatchDrawer;
  /** The time in milliseconds. */
  readonly now: () => number;
  /** Awaited before each step; may throw to stop. */
  readonly yieldToEvents: () => Promise<void>;
  readonly onStep: (report: StepReport) => void;
  /** The ledger's side of each step; null if the plan's steps record none. */
  readonly ledger: LedgerSources | null;
}

/** What the ledger gives to each step, and takes from it. */
export interface LedgerSources {
  readonly labels: LedgerLabels;
  readonly add: (step: LedgerStep & StepRecord) => void;
}

/** What a step was besides its outputs. */
interface StepRecord {
  /** Counted from 1. */
  readonly step: number;
  readonly settings: LossStepSettings;
}

/**
 * Trains one epoch from `state` and gives the state after it.
 * @throws EngineError training-diverged when the loss or a weight is no longer a number
 */
export async function trainEpoch(
  plan: TrainingPlan,
  state: TrainingState,
  sources: TrainerSources,
): Promise<TrainingState> {
  const { program } = sources;
  const carried = carriedNames(plan.step).map((name) => [name, stateArray(state, name)]);
  program.writeState(Object.fromEntries(carried) as Record<string, NamedArray['values']>);
  const random = restoreRandom(state.random);
  const { batches, arrays: drawnBy } = await (
    sources.batches ?? randomBatches(plan.step.batch)
  ).draw(state, random);
  const steps = batches.length;
  const host = plan.step.source.host(state.arrays);
  const schedule = new ObjectiveSchedule(plan, state.arrays, steps);
  const knownPairFeeds = knownPairFeeder(plan.step, state);
  const drawPositives = positiveDrawer(plan.step, state);
  const knownOf = knownDrawer(plan.batches, state);
  const drawnAt = (inEpoch: number): DrawnBatch => {
    const batch = batches[inEpoch] ?? new Uint32Array(0);
    const positives = drawPositives(batch, random);
    const views = viewsAhead(sources.views, random, batch, positives ?? undefined);
    return { pictures: { batch, ...(positives && { positives }) }, views };
  };
  let { step, seconds } = state;
  let following = drawnAt(0);
  for (let inEpoch = 0; inEpoch < steps; inEpoch += 1) {
    await sources.yieldToEvents();
    const begun = sources.now();
    step += 1;
    const { pictures, views } = following;
    const { optimisation, epochs } = plan;
    const rate = learningRateAt(optimisation, { step, stepsPerEpoch: steps, epochs });
    const rates = plan.step.optimiser.rates(rate, step);
    const scalars = schedule.scalarsAt(step);
    const common = { ...(await views), ...scalarFeeds(rates, scalars) };
    const known = knownOf(pictures.batch, random);
    const fed = host.step({ ...pictures, step, epoch: state.epoch, random, scalars, known });
    if (inEpoch + 1 < steps) following = drawnAt(inEpoch + 1);
    const pairFeeds = knownPairFeeds(fed);
    const outputs = await program.run({
      ...common,
      ...fed.feeds,
      ...pairFeeds,
      ...labelFeeds(sources.ledger, fed),
    });
    const loss = firstValue(outputs, 'loss');
    const epoch = state.epoch + (inEpoch + 1) / steps;
    if (!Number.isFinite(loss)) throw diverged(plan, step, state.epoch);
    schedule.record(loss);
    const settings = { scalars, ...knownPairsOfStep(plan.step, pairFeeds) };
    sources.ledger?.add({
      ...{ ...fed, outputs, step, settings },
      weightLogit: weightLogit(scalars),
    });
    const stepSeconds = (sources.now() - begun) / 1000;
    seconds += stepSeconds;
    const clampRate = firstValue(outputs, 'clampRate');
    const measured = measuredNumbers(outputs, plan.step.source);
    sources.onStep({ step, epoch, loss, clampRate, measured, stepSeconds, seconds });
  }
  const outsideGraph = { ...host.state(), ...schedule.state(), ...drawnBy };
  const arrays = { ...state.arrays, ...carriedArrays(program), ...outsideGraph };
  const next = { ...state, arrays, step, seconds, epoch: state.epoch + 1, random: random.state() };
  if (!flatWeights(next).weights.every(Number.isFinite)) throw diverged(plan, step, state.epoch);
  return next;
}

/** The pictures of a step, whose views are being made. */
interface DrawnBatch {
  readonly pictures: Pick<HostStep, 'batch' | 'positives'>;
  readonly views: ReturnType<ViewFeeder>;
}

/** Views that are awaited later: a failure in between must not count as unhandled. */
function viewsAhead(
  views: ViewFeeder,
  random: Random,
  ...pictures: [batch: Uint32Array, positives?: Uint32Array]
): ReturnType<ViewFeeder> {
  const [batch, positives] = pictures;
  const ahead = views(batch, random, positives);
  ahead.catch(() => undefined);
  return ahead;
}

function scalarFeeds(
  rates: Readonly<Record<string, number>>,
  scalars: Readonly<Record<string, number>>,
): Record<string, Float32Array> {
  const numbers = [
    ...Object.entries(rates),
    ...Object.entries(scalars).map(([name, value]) => [scalarInput(name), value] as const),
  ];
  return Object.fromEntries(numbers.map(([name, value]) => [name, Float32Array.of(value)]));
}

function labelFeeds(
  ledger: LedgerSources | null,
  { rowIds, columnIds }: SourceFeeds,
): Record<string, Int32Array> {
  if (ledger === null) return {};
  const { slots, labelOf } = ledger.labels;
  const feeds: Record<string, Int32Array> = {};
  for (let slot = 0; slot < slots; slot++) {
    feeds[rowLabels(slot)] = Int32Array.from(rowIds, (id) => labelOf(id, slot));
    feeds[columnLabels(slot)] = Int32Array.from(columnIds, (id) => labelOf(id, slot));
  }
  return feeds;
}

function measuredNumbers(
  outputs: Readonly<Record<string, NamedArray>>,
  { measures = [] }: TrainingSource,
): Record<string, number> {
  const numbers = measures.map((name) => [name, firstValue(outputs, measuredOutput(name))]);
  return Object.fromEntries(numbers) as Record<string, number>;
}

function firstValue(outputs: Readonly<Record<string, NamedArray>>, name: string): number {
  const value = outputs[name]?.values[0];
  if (value === undefined) throw new Error(`The training step gave no ${name}.`);
  return value;
}

/** The carried arrays after the program's last step. */
function carriedArrays(program: Program): Record<string, StateArray> {
  const entries = Object.entries(program.readState()).map(([name, { values }]) => {
    if (values instanceof Float32Array || values instanceof Int32Array) return [name, values];
    throw new Error(`A checkpoint cannot hold ${name}, a ${values.constructor.name}.`);
  });
  return Object.fromEntries(entries) as Record<string, StateArray>;
}

const lowTemperature = 0.05;

function diverged(plan: TrainingPlan, step: number, epochsDone: number): EngineError {
  const temperature = plan.objective.settings.temperature ?? 1;
  const learningRate = Number(plan.optimisation.learningRate.toPrecision(3));
  const cause =
    temperature < lowTemperature
      ? `a temperature too low (it is ${temperature}; the papers use 0.07 to 0.5)`
      : `a learning rate too high (it is ${learningRate}; try ${learningRate / 10})`;
  const saved =
    epochsDone === 0
      ? 'No epoch was finished, so nothing is kept.'
      : `The checkpoint after epoch ${epochsDone} is kept.`;
  return new EngineError(
    'training-diverged',
    `The loss is no longer a number at step ${step} of epoch ${epochsDone + 1}; the usual cause is ${cause}. ${saved}`,
  );
}
