import * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import { released } from '../../graph/released.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { withGeneratedNegatives } from '../../losses/generated-negatives.ts';
import { requiredScalar } from '../../losses/loss.ts';
import { generatorSpecs, generatorWeights } from '../../networks/generator-shape.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { flatLength, startValues } from '../../networks/weights.ts';
import { gatheredSynthetic } from './gathered-synthetic.ts';
import {
  generatorMeasureNames,
  generatorMeasures,
  generatorOptimiser,
  generatorStep,
} from './generator-step.ts';
import type { GeneratorPlan, GeneratorStep, GeneratorStepInputs } from './generator-step.ts';
import { keyEncoderInputs, momentumKeys } from './key-encoder.ts';
import { noPicture } from './training-source.ts';
import type {
  HostStep,
  SourceHost,
  SourceInputs,
  SourceStep,
  StateArray,
  TrainingSource,
} from './training-source.ts';

/** The settings of NEGCUT's generated negatives in a training. */
export interface Generation extends GeneratorPlan {
  readonly encoder: EncoderPlan;
  /** Pictures per step. */
  readonly batch: number;
  /** K, how many negatives each picture has. */
  readonly count: number;
  /** λ of the diversity term. */
  readonly diversityWeight: number;
  readonly learningRate: number;
  /** m of the copy of the encoder that gives the generator its features, 0 to below 1. */
  readonly featureMomentum: number;
}

/** The name of an array or an input of the generator's. */
function named(name: string): string {
  return `generator.${name}`;
}

/**
 * A source with negatives that a generator makes for each picture (NEGCUT, Wang et al. 2021), beside its
 * own or in place of them. The generator's features are the mean unit row of a picture's views, by a copy
 * of the encoder that follows it (m as in `momentumKeys`). The views of one picture share its K; all
 * pictures of a step share the noise.
 */
export function generatedSource(inner: TrainingSource, generation: Generation): TrainingSource {
  const { encoder, shape, count } = generation;
  const specs = generatorSpecs(shape);
  const weights = flatLength(specs, 'trainable');
  const float = (name: string, sides: readonly number[]): InputSpec => ({
    ...{ name: named(name), shape: sides, dtype: 'float' },
  });
  const keys = keyEncoderInputs(encoder).map((spec) => ({ ...spec, name: named(spec.name) }));
  const slots = generatorOptimiser.slotNames.map((name) => float(name, [weights]));
  return {
    ...inner,
    columns: inner.columns + 1,
    hasSynthetic: true,
    // A record of the rows alone would not explain the loss.
    comparesOwnRows: false,
    measures: generatorMeasureNames,
    carried: [...inner.carried, float('weights', [weights]), ...slots, ...keys],
    fed: [
      ...inner.fed,
      ...generatorOptimiser.rateNames.map((name) => float(name, [])),
      ...[float('keyMomentum', []), float('diversityWeight', [])],
      float('noise', [count, shape.noise]),
      float('encoderNoise', [count, shape.noise]),
    ],
    start: (start) => ({
      ...inner.start(start),
      [generatorWeights]: startValues(specs, 'trainable', start.random),
      ...Object.fromEntries(slots.map(({ name }) => [name, new Float32Array(weights)])),
      [named('keyWeights')]: start.weights.slice(),
      [named('keyStatistics')]: start.statistics.slice(),
    }),
    build: (inputs) => buildStep(inner, generation, inputs),
    host: (arrays) => generatingHost(inner.host(arrays), generation),
  };
}

function buildStep(
  inner: TrainingSource,
  generation: Generation,
  inputs: SourceInputs,
): SourceStep {
  const { encoder, batch, use } = generation;
  const { views, weights, scalars } = inputs;
  const input = (name: string): tf.Tensor => inputs.input(named(name));
  const next = momentumKeys({ encoder, batchNormSplits: 1 }, views, weights, input);
  const width = generation.shape.features;
  const features = tf.mean<tf.Tensor2D>(tf.reshape(next.keys, [-1, batch, width]), 0);
  const given = { ...stepInputs(input), features, scalars };
  const kept: Record<string, tf.Tensor> = {};
  const step = inner.build(inputs);
  return {
    ...step,
    synthesis: {
      added: (candidates, z) => {
        const made = generatorStep(generation, candidates, z, given);
        keep(kept, made, generatorMeasures(candidates, z, made.generated));
        return withGeneratedNegatives(candidates, z, made.generated, use);
      },
      gathered: (candidates: Candidates) =>
        gatheredSynthetic(candidates, inner.columns, requiredScalar(scalars, 'temperature')),
    },
    measured: () => taken(kept, generatorMeasureNames),
    next: (z) => ({
      ...step.next(z),
      ...prefixed(taken(kept, ['weights', ...generatorOptimiser.slotNames])),
      ...prefixed({ keyWeights: next.keyWeights, keyStatistics: next.keyStatistics }),
    }),
  };
}

/** The inputs of a step's graph that are the generator's own. */
function stepInputs(
  input: (name: string) => tf.Tensor,
): Omit<GeneratorStepInputs, 'features' | 'scalars'> {
  const all = <T extends tf.Tensor>(names: readonly string[]): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, input(name) as T]));
  return {
    noise: input('noise') as tf.Tensor2D,
    encoderNoise: input('encoderNoise') as tf.Tensor2D,
    weights: input('weights') as tf.Tensor1D,
    slots: all<tf.Tensor1D>(generatorOptimiser.slotNames),
    rates: all(generatorOptimiser.rateNames),
    diversityWeight: input('diversityWeight') as tf.Scalar,
  };
}

/** Keeps what must outlive the gradient's scope. */
function keep(
  kept: Record<string, tf.Tensor>,
  { weights, slots }: GeneratorStep,
  measures: Readonly<Record<string, tf.Tensor>>,
): void {
  for (const [name, tensor] of Object.entries({ weights, ...slots, ...measures })) {
    kept[name] = tf.keep(tf.clone(tensor));
  }
}

function taken(
  kept: Record<string, tf.Tensor>,
  names: readonly string[],
): Record<string, tf.Tensor> {
  return Object.fromEntries(
    names.map((name) => {
      const tensor = kept[name];
      if (!tensor) throw new Error(`The generator's step gave no ${name}.`);
      return [name, released(tensor)];
    }),
  );
}

function prefixed(tensors: Readonly<Record<string, tf.Tensor>>): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [named(name), tensor]));
}

/** The host part: draws the noise of a step, and feeds the generator's settings. */
function generatingHost(inner: SourceHost, generation: Generation): SourceHost {
  return {
    step: (step) => {
      const fed = inner.step(step);
      return {
        ...fed,
        feeds: { ...fed.feeds, ...generatorFeeds(generation, step) },
        columnIds: Uint32Array.from([...fed.columnIds, noPicture]),
      };
    },
    state: (): Readonly<Record<string, StateArray>> => inner.state(),
  };
}

function generatorFeeds(
  { count, shape, diversityWeight, learningRate, featureMomentum }: Generation,
  { step, random }: Pick<HostStep, 'step' | 'random'>,
): Record<string, NamedArray['values']> {
  const noise = (): Float32Array =>
    Float32Array.from({ length: count * shape.noise }, () => random.normal());
  const numbers = {
    ...generatorOptimiser.rates(learningRate, step),
    ...{ diversityWeight, keyMomentum: featureMomentum },
  };
  const scalars = Object.entries(numbers).map(
    ([name, value]) => [named(name), Float32Array.of(value)] as const,
  );
  return {
    ...Object.fromEntries(scalars),
    [named('noise')]: noise(),
    [named('encoderNoise')]: noise(),
  };
}
