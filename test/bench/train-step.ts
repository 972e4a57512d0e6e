import { compileProgram } from '../../src-main/engine/graph/compile-program.ts';
import { trainableEncoders } from '../../src-main/engine/networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../src-main/engine/networks/trainable-encoder.ts';
import { flatLength, startValues } from '../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../src-main/engine/numeric/random.ts';
import { spreadOf } from './peers/spread.ts';
import { peerAdam, peerTrainStepSpec } from './train-step-spec.ts';

export interface TrainStepFigures {
  readonly imagesPerSecond: number;
  readonly millisecondsPerStep: number;
}

const warmUpSteps = 2;
const usualSteps = 10;

/** Numbers as the program takes them. */
function feedsOf(rates: Readonly<Record<string, number>>): Record<string, Float32Array> {
  const entries = Object.entries(rates).map(([name, value]) => [name, Float32Array.of(value)]);
  return Object.fromEntries(entries) as Record<string, Float32Array>;
}

/** What is trained in the timed steps. */
export interface TimedTraining {
  readonly encoder: EncoderPlan;
  readonly pictures: number;
  readonly size: number;
  /** All cores where left out. */
  readonly threads?: number;
  /** How many steps are timed. */
  readonly steps?: number;
}

/** The median training step of resnet8 on 64 pictures of 32 px on the cpu. */
export async function benchTrainStep(): Promise<TrainStepFigures> {
  const seconds = await medianTrainStep({
    encoder: trainableEncoders.resnet8,
    ...{ pictures: 64, size: 32 },
  });
  return { imagesPerSecond: 64 / seconds, millisecondsPerStep: 1000 * seconds };
}

/** The seconds of the median training step on the cpu, to set beside the peer's; the pictures are drawn before it. */
export async function medianTrainStep(training: TimedTraining): Promise<number> {
  const { encoder, pictures, size, threads, steps = usualSteps } = training;
  const random = seedRandom(0);
  const spec = peerTrainStepSpec(encoder, pictures, size);
  const program = await compileProgram(spec, 'cpu', threads === undefined ? {} : { threads });
  const slots = new Float32Array(flatLength(encoder.specs, 'trainable'));
  program.writeState({
    weights: startValues(encoder.specs, 'trainable', random),
    firstMoment: slots,
    secondMoment: slots,
  });
  const seconds: number[] = [];
  for (let step = 1; step <= warmUpSteps + steps; step += 1) {
    const rates = peerAdam.rates(1e-3, step);
    const feeds = {
      images: new Float32Array(2 * pictures * size * size * 3).map(() => random.uniform(0, 1)),
      temperature: Float32Array.of(0.5),
      ...feedsOf(rates),
    };
    const start = performance.now();
    await program.run(feeds);
    if (step > warmUpSteps) seconds.push((performance.now() - start) / 1000);
  }
  await program.dispose();
  return spreadOf(seconds).median;
}
