import * as tf from '@tensorflow/tfjs';
import type { Build, ProgramSpec } from '../../graph/program.ts';
import { statisticUpdates } from '../../networks/batch-norm.ts';
import { encode } from '../../networks/trainable-encoder.ts';
import { flatLength, packWeights, unpackWeights, weightNamed } from '../../networks/weights.ts';
import type { Candidates } from '../../losses/candidates.ts';
import type { LossOutput } from '../../losses/loss.ts';
import { judgedMasks, knownPairInputs } from './judged-step.ts';
import { ledgerOutputs } from '../ledger/ledger-outputs.ts';
import {
  columnLabels,
  heldCandidates,
  ledgerInputs,
  releasedCandidates,
  rowLabels,
} from '../ledger/ledger-step.ts';
import { stepPositives, stepRows } from '../ledger/loss-step-recorder.ts';
import { released } from '../../graph/released.ts';
import { stepLoss } from './step-loss.ts';
import type { StepLoss } from './step-loss.ts';
import { viewInputs, viewsInGraph } from './step-views.ts';
import type { TrainStepPlan } from './train-step-plan.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';

/** The name of the input for a scalar of the objective. */
export function scalarInput(name: string): string {
  return `objective.${name}`;
}

/** The names of the inputs that a training carries from step to step; checkpoints hold them too. */
export function carriedNames({ optimiser, source }: TrainStepPlan): readonly string[] {
  const ofSource = source.carried.map(({ name }) => name);
  return ['weights', 'statistics', ...optimiser.slotNames, ...ofSource];
}

/**
 * One training step as a program: augmentation, encoder in training mode, objective, gradients,
 * optimiser. Inputs: views (`viewInputs`), the optimiser's rates, the objective's scalars
 * (`scalarInput`), and the feeds of the source, verdicts, labels and ledger. Outputs: loss, clampRate,
 * perAnchorLoss [A], what the source measures (`measuredOutput`), and with a ledger those of `ledgerOutputs`. Its state are the `carriedNames`.
 */
export function trainStepSpec(plan: TrainStepPlan): ProgramSpec {
  const { encoder, optimiser, source } = plan;
  const trainable = flatLength(encoder.specs, 'trainable');
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: `train-${encoder.name}`,
    inputs: [
      ...viewInputs(plan),
      ...optimiser.rateNames.map((name) => float(name, [])),
      ...plan.loss.scalarNames.map((name) => float(scalarInput(name), [])),
      float('weights', [trainable]),
      float('statistics', [flatLength(encoder.specs, 'statistic')]),
      ...optimiser.slotNames.map((name) => float(name, [trainable])),
      ...source.carried,
      ...source.fed,
      ...knownPairInputs(plan),
      ...(plan.recordsLedger
        ? ledgerInputs(source.anchors, source.columns, plan.labelSlots ?? 1)
        : []),
    ],
    state: Object.fromEntries(carriedNames(plan).map((name) => [`next.${name}`, name])),
    build: buildTrainStep(plan),
  };
}

function buildTrainStep(plan: TrainStepPlan): Build {
  const { optimiser } = plan;
  const { specs } = plan.encoder;
  return (inputs) => {
    const input = (name: string): tf.Tensor => weightNamed(inputs, name);
    const inputsNamed = <T extends tf.Tensor>(names: readonly string[]): Record<string, T> =>
      Object.fromEntries(names.map((name) => [name, input(name) as T]));
    const scalars = Object.fromEntries(
      plan.loss.scalarNames.map((name) => [name, input(scalarInput(name)) as tf.Scalar]),
    );
    const views = viewsInGraph(plan, input);
    const weights = input('weights') as tf.Tensor1D;
    const statistics = unpackWeights(specs, 'statistic', input('statistics') as tf.Tensor1D);
    const step = plan.source.build({
      ...{ views, weights, scalars, input },
      judged: () => judgedMasks(plan, input),
    });
    const loss: LossOfViews = (z, projected) =>
      stepLoss(plan, { step, scalars, input }, z, projected);
    const pass = lossAndGradients(plan, step.trained, loss, weights, statistics);
    const next = optimiser.move({
      weights,
      gradient: pass.gradient,
      slots: inputsNamed<tf.Tensor1D>(optimiser.slotNames),
      rates: inputsNamed(optimiser.rateNames),
    });
    const labels = () =>
      Array.from({ length: plan.labelSlots ?? 1 }, (_, slot) => ({
        rows: input(rowLabels(slot)) as tf.Tensor1D,
        columns: input(columnLabels(slot)) as tf.Tensor1D,
      }));
    const carried = { ...next.slots, ...step.next(pass.z) };
    const nextCarried = Object.entries(carried).map(([name, slot]) => [`next.${name}`, slot]);
    return {
      loss: pass.loss,
      clampRate: pass.clampRate,
      perAnchorLoss: pass.perAnchorLoss,
      ...measuredOutputs(step.measured?.() ?? {}),
      ...(pass.candidates &&
        ledgerOutputs(pass.candidates, plan.loss, scalars, labels(), plan.source.hasSynthetic)),
      ...(pass.candidates && plan.source.comparesOwnRows && ownRows(pass.candidates, pass.z)),
      'next.weights': next.weights,
      'next.statistics': packWeights(specs, 'statistic', { ...statistics, ...pass.statistics }),
      ...(Object.fromEntries(nextCarried) as Record<string, tf.Tensor>),
    };
  };
}

/** The name of the output for a number that a step's source measures. */
export function measuredOutput(name: string): string {
  return `measured.${name}`;
}

function measuredOutputs(measured: Readonly<Record<string, tf.Tensor>>): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(measured).map(([name, tensor]) => [measuredOutput(name), tensor]),
  );
}

/** The loss of the views' unit rows and of the rows before, [V, d] both. */
type LossOfViews = (z: tf.Tensor2D, projected: tf.Tensor2D) => StepLoss;
/** The rows that a step compares with each other, and their positives, for the record of the step. */
function ownRows({ positiveSimilarity }: Candidates, z: tf.Tensor2D): Record<string, tf.Tensor> {
  return { [stepRows]: z, [stepPositives]: tf.squeeze(positiveSimilarity, [1]) };
}

interface Pass extends LossOutput {
  readonly gradient: tf.Tensor1D;
  /** The running statistics that the pass moved, by weight name. */
  readonly statistics: Readonly<Record<string, tf.Tensor>>;
  /** The unit rows of the views, [V, d]. */
  readonly z: tf.Tensor2D;
  /** The candidates as the ledger records them; null without a ledger. */
  readonly candidates: Candidates | null;
}

/**
 * Loss and gradients of one pass. The gradient is taken by each weight tensor and not by the flat
 * vector, so that no gradient has to be scattered into it.
 */
function lossAndGradients(
  plan: TrainStepPlan,
  trained: tf.Tensor,
  lossOf: LossOfViews,
  flatWeights: tf.Tensor1D,
  statistics: Readonly<Record<string, tf.Tensor>>,
): Pass {
  const { specs } = plan.encoder;
  const trainable = unpackWeights(specs, 'trainable', flatWeights);
  const names = Object.keys(trainable);
  const updates = statisticUpdates(plan.source.batchNormSplits);
  const besides: tf.Tensor[] = [];
  const held: Candidates[] = [];
  const forward = (...values: tf.Tensor[]): tf.Scalar => {
    const byName = Object.fromEntries(
      names.map((name, index) => [name, values[index] as tf.Tensor]),
    );
    const all = { ...byName, ...statistics };
    const { projected } = encode(plan.encoder, trained, all, updates);
    const z = unitRows(projected);
    const { output, candidates } = lossOf(z, projected);
    if (plan.recordsLedger) held.push(heldCandidates(candidates));
    besides.push(tf.keep(output.clampRate), tf.keep(output.perAnchorLoss), tf.keep(tf.clone(z)));
    return output.loss;
  };
  const { value, grads } = tf.valueAndGrads(forward)(Object.values(trainable));
  const [clampRate, perAnchorLoss, z] = besides.map(released);
  const gradients = Object.fromEntries(
    names.map((name, index) => [name, grads[index] as tf.Tensor]),
  );
  return {
    loss: value,
    clampRate: clampRate as tf.Scalar,
    perAnchorLoss: perAnchorLoss as tf.Tensor1D,
    z: z as tf.Tensor2D,
    candidates: held[0] ? releasedCandidates(held[0]) : null,
    gradient: packWeights(specs, 'trainable', gradients),
    statistics: Object.fromEntries(
      Object.entries(updates.moved).map(([name, tensor]) => [name, released(tensor)]),
    ),
  };
}
