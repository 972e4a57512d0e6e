import { trainInput } from '../../src-main/contract/runs.ts';
import { compileProgram } from '../../src-main/engine/graph/compile-program.ts';
import type { ProgramSpec } from '../../src-main/engine/graph/program.ts';
import { weightNamed } from '../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../src-main/engine/numeric/random.ts';
import {
  cachedViewFeatures,
  pictureViews,
} from '../../src-main/engine/training/step/step-views.ts';
import type { ViewFeeder } from '../../src-main/engine/training/step/step-views.ts';
import { trainEpoch } from '../../src-main/engine/training/trainer.ts';
import { trainStepSpec } from '../../src-main/engine/training/step/train-step.ts';
import { planTraining } from '../../src-main/engine/training/plan/training-plan.ts';
import type { TrainingPlan } from '../../src-main/engine/training/plan/training-plan.ts';
import { startTraining } from '../../src-main/engine/training/plan/training-state.ts';
import * as tf from '@tensorflow/tfjs';
import { madeSquares } from '../fixtures/square-sources.ts';

const [pictures, dimensions, views, batch] = [10_000, 768, 8, 256];
const frozen = { dimensions, whitening: null, size: 32 };

/** Of one kind of training; seconds an epoch of 10,000 pictures. */
export interface HeadEpoch {
  readonly secondsPerEpoch: number;
  /** To the matrix products alone that such an epoch cannot do without, of the same minute. */
  readonly ratioToProducts: number;
}

export interface HeadFigures {
  readonly head: HeadEpoch;
  readonly adapter: HeadEpoch;
  /** An epoch of resnet8 on 32 px in the same batches, reckoned from some steps. */
  readonly resnet8SecondsPerEpoch: number;
}

/**
 * An epoch of SimCLR over the kept features of 8 views of 10,000 pictures, 768 numbers each, in
 * batches of 256, drawing of views and ledger of 32 negatives included.
 */
export async function benchHead(): Promise<HeadFigures> {
  const random = seedRandom(1);
  const rows = Float16Array.from({ length: 1000 * views * dimensions }, () =>
    random.uniform(-1, 1),
  );
  const read = (ids: Uint32Array): Float16Array => {
    const read = new Float16Array(ids.length * views * dimensions);
    for (const [at, id] of ids.entries()) {
      const from = (id % 1000) * views * dimensions;
      read.set(rows.subarray(from, from + views * dimensions), at * views * dimensions);
    }
    return read;
  };
  const epoch = async (encoder: 'head' | 'adapter'): Promise<HeadEpoch> => {
    const plan = planOf(encoder);
    const feeder = cachedViewFeatures(plan.step, { views, dimensions, read });
    const secondsPerEpoch = await epochSeconds(plan, feeder, pictures);
    const steps = Math.floor(pictures / batch);
    const products = steps * (await productSeconds(plan));
    return { secondsPerEpoch, ratioToProducts: secondsPerEpoch / products };
  };
  const [head, adapter] = [await epoch('head'), await epoch('adapter')];
  const resnet = planOf('resnet8');
  const some = 3 * batch;
  const feeder = pictureViews(resnet.step, madeSquares(32));
  const seconds = await epochSeconds(resnet, feeder, some);
  return { head, adapter, resnet8SecondsPerEpoch: (seconds * pictures) / some };
}

function planOf(encoder: 'head' | 'adapter' | 'resnet8'): TrainingPlan {
  const base = encoder === 'resnet8' ? {} : { on: 'starter', views };
  const input = trainInput.parse({ encoder, ...base, batch, size: 32, ledgerSize: 32 });
  return planTraining(input, pictures, encoder === 'resnet8' ? null : frozen);
}

/** Of the second epoch: the first one warms up. */
async function epochSeconds(
  plan: TrainingPlan,
  feeder: ViewFeeder,
  count: number,
): Promise<number> {
  const program = await compileProgram(trainStepSpec(plan.step), 'cpu');
  const ids = Uint32Array.from({ length: count }, (_, at) => at + 1);
  let state = startTraining(plan.step, plan.seed, ids);
  let seconds = 0;
  for (let epoch = 0; epoch < 2; epoch += 1) {
    const begun = performance.now();
    state = await trainEpoch(plan, state, {
      program,
      views: feeder,
      now: () => performance.now(),
      yieldToEvents: () => Promise.resolve(),
      onStep: () => undefined,
      ledger: { labels: { slots: 1, labelOf: (id) => id % 10 }, add: () => undefined },
    });
    seconds = (performance.now() - begun) / 1000;
  }
  await program.dispose();
  return seconds;
}

/** The products of a step: forward, by the weights and by the inputs, of every layer; the best of some. */
async function productSeconds(plan: TrainingPlan): Promise<number> {
  const layers = plan.step.encoder.specs
    .map(({ shape }) => shape)
    .filter((shape) => shape.length === 2);
  const program = await compileProgram(productsSpec(layers), 'cpu');
  const feeds = Object.fromEntries(
    layers.flatMap(([inputs = 0, outputs = 0], at) => [
      [`x${at}`, new Float32Array(2 * batch * inputs).fill(0.5)],
      [`w${at}`, new Float32Array(inputs * outputs).fill(0.5)],
      [`y${at}`, new Float32Array(2 * batch * outputs).fill(0.5)],
    ]),
  ) as Record<string, Float32Array>;
  const times: number[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const begun = performance.now();
    await program.run(feeds);
    times.push((performance.now() - begun) / 1000);
  }
  await program.dispose();
  return times.toSorted((a, b) => a - b)[4] ?? NaN;
}

function productsSpec(layers: readonly (readonly number[])[]): ProgramSpec {
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: 'products',
    inputs: layers.flatMap(([inputs = 0, outputs = 0], at) => [
      float(`x${at}`, [2 * batch, inputs]),
      float(`w${at}`, [inputs, outputs]),
      float(`y${at}`, [2 * batch, outputs]),
    ]),
    build: (given) => {
      const product = (left: string, right: string, turnsLeft: boolean, turnsRight: boolean) =>
        tf.sum(
          tf.matMul(
            weightNamed(given, left) as tf.Tensor2D,
            weightNamed(given, right) as tf.Tensor2D,
            turnsLeft,
            turnsRight,
          ),
        );
      const sums = layers.flatMap((_, at) => [
        product(`x${at}`, `w${at}`, false, false),
        product(`x${at}`, `y${at}`, true, false),
        product(`y${at}`, `w${at}`, false, true),
      ]);
      return { sum: tf.addN(sums) };
    },
  };
}
