import * as tf from '@tensorflow/tfjs';
import type { AugmentationSettings } from '../../contract/augmentations.ts';
import type { Build, ProgramSpec } from '../compute/program.ts';
import type { StatisticUpdates } from '../encoders/batch-norm.ts';
import type { EncoderPlan } from '../encoders/trainable-encoder.ts';
import { encode } from '../encoders/trainable-encoder.ts';
import { flatLength, packWeights, unpackWeights, weightNamed } from '../encoders/weights.ts';
import { batchCandidates } from '../objectives/batch-source.ts';
import type { Candidates } from '../objectives/candidates.ts';
import type { ObjectiveOutput, ObjectiveScalars, Selection } from '../objectives/selection.ts';
import { augmentedViews, normaliseColours } from './augmentation.ts';
import { colourNumbers, cropNumbers } from './augmentation-draws.ts';
import { ledgerOutputs } from './ledger-outputs.ts';
import {
  columnLabels,
  keptCandidates,
  ledgerInputs,
  releasedCandidates,
  rowLabels,
} from './ledger-step.ts';
import type { Optimiser } from './optimisers/optimiser.ts';

/** Everything that shapes the graph of one training step. */
export interface TrainStepPlan {
  readonly encoder: EncoderPlan;
  readonly selection: Selection;
  readonly augmentation: AugmentationSettings;
  /** Pictures per step; the loss sees twice as many rows. */
  readonly batch: number;
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly optimiser: Optimiser;
  /** Whether each step tells the ledger its pushes (`ledgerOutputs`). */
  readonly tellsLedger?: boolean;
}

/** The input that takes a scalar of the objective. */
export function scalarInput(name: string): string {
  return `objective.${name}`;
}

/** What a training carries from step to step, by input name; also what a checkpoint holds. */
export function carriedNames({ optimiser }: TrainStepPlan): readonly string[] {
  return ['weights', 'statistics', ...optimiser.slotNames];
}

/**
 * One training step as a program: augmentation, encoder in training mode, objective, gradients,
 * optimiser. Inputs: images [b, s, s, 3] bytes, crops, colours, the optimiser's rates and the
 * objective's scalars (`scalarInput`); outputs: loss, clampRate, perAnchorLoss [2b]. The state is
 * the flat vectors of `carriedNames`.
 */
export function trainStepSpec(plan: TrainStepPlan): ProgramSpec {
  const { batch, size, encoder, optimiser } = plan;
  const trainable = flatLength(encoder.specs, 'trainable');
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: `train-${encoder.name}`,
    inputs: [
      { name: 'images', shape: [batch, size, size, 3], dtype: 'uint8' },
      float('crops', [2 * batch, cropNumbers]),
      float('colours', [2 * batch, colourNumbers]),
      ...optimiser.rateNames.map((name) => float(name, [])),
      ...plan.selection.scalarNames.map((name) => float(scalarInput(name), [])),
      float('weights', [trainable]),
      float('statistics', [flatLength(encoder.specs, 'statistic')]),
      ...optimiser.slotNames.map((name) => float(name, [trainable])),
      ...(plan.tellsLedger ? ledgerInputs(2 * batch, 2 * batch) : []),
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
      plan.selection.scalarNames.map((name) => [name, input(scalarInput(name)) as tf.Scalar]),
    );
    const views = normaliseColours(
      augmentedViews(
        input('images'),
        input('crops') as tf.Tensor2D,
        input('colours') as tf.Tensor2D,
        plan.augmentation,
      ),
    );
    const weights = input('weights') as tf.Tensor1D;
    const statistics = unpackWeights(specs, 'statistic', input('statistics') as tf.Tensor1D);
    const pass = lossAndGradients(plan, views, weights, statistics, scalars);
    const next = optimiser.move({
      weights,
      gradient: pass.gradient,
      slots: inputsNamed<tf.Tensor1D>(optimiser.slotNames),
      rates: inputsNamed(optimiser.rateNames),
    });
    const labels = () => ({
      rows: input(rowLabels) as tf.Tensor1D,
      columns: input(columnLabels) as tf.Tensor1D,
    });
    const nextSlots = Object.entries(next.slots).map(([name, slot]) => [`next.${name}`, slot]);
    return {
      loss: pass.loss,
      clampRate: pass.clampRate,
      perAnchorLoss: pass.perAnchorLoss,
      ...(pass.candidates && ledgerOutputs(pass.candidates, plan.selection, scalars, labels())),
      'next.weights': next.weights,
      'next.statistics': packWeights(specs, 'statistic', pass.statistics),
      ...(Object.fromEntries(nextSlots) as Record<string, tf.Tensor>),
    };
  };
}

interface Pass extends ObjectiveOutput {
  readonly gradient: tf.Tensor1D;
  readonly statistics: StatisticUpdates;
  /** As the ledger needs them; null where none is kept. */
  readonly candidates: Candidates | null;
}

/** The gradient is taken with respect to the single weights, so that the tape needs no scatter into the flat vector. */
function lossAndGradients(
  plan: TrainStepPlan,
  views: tf.Tensor4D,
  flatWeights: tf.Tensor1D,
  statistics: Readonly<Record<string, tf.Tensor>>,
  scalars: ObjectiveScalars,
): Pass {
  const { specs } = plan.encoder;
  const trainable = unpackWeights(specs, 'trainable', flatWeights);
  const names = Object.keys(trainable);
  const updates: StatisticUpdates = {};
  const besides: tf.Tensor[] = [];
  const kept: Candidates[] = [];
  const forward = (...values: tf.Tensor[]): tf.Scalar => {
    const byName = Object.fromEntries(names.map((name, at) => [name, values[at] as tf.Tensor]));
    const { projected } = encode(plan.encoder, views, { ...byName, ...statistics }, updates);
    const [z1, z2] = tf.split(unitRows(projected), 2);
    const candidates = batchCandidates(z1 as tf.Tensor2D, z2 as tf.Tensor2D);
    const outputs = plan.selection.loss(candidates, scalars);
    if (plan.tellsLedger) kept.push(keptCandidates(candidates));
    besides.push(tf.keep(outputs.clampRate), tf.keep(outputs.perAnchorLoss));
    return outputs.loss;
  };
  const { value, grads } = tf.valueAndGrads(forward)(Object.values(trainable));
  const [clampRate, perAnchorLoss] = besides.map(released);
  const gradients = Object.fromEntries(names.map((name, at) => [name, grads[at] as tf.Tensor]));
  return {
    loss: value,
    clampRate: clampRate as tf.Scalar,
    perAnchorLoss: perAnchorLoss as tf.Tensor1D,
    candidates: kept[0] ? releasedCandidates(kept[0]) : null,
    gradient: packWeights(specs, 'trainable', gradients),
    statistics: Object.fromEntries(
      Object.entries(updates).map(([name, tensor]) => [name, released(tensor)]),
    ),
  };
}

/** A by-product of the gradient's scope as a tensor of the present scope. */
function released(kept: tf.Tensor): tf.Tensor {
  const free = tf.clone(kept);
  kept.dispose();
  return free;
}

const smallestSquare = 1e-12;

/** Rows divided by their length. */
export function unitRows(rows: tf.Tensor2D): tf.Tensor2D {
  const squares = tf.sum(tf.square(rows), 1, true);
  return tf.mul(rows, tf.rsqrt(tf.maximum(squares, smallestSquare)));
}
