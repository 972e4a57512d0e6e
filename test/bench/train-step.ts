import { compileProgram } from '../../src-main/engine/graph/compile-program.ts';
import { trainableEncoders } from '../../src-main/engine/networks/trainable-encoder.ts';
import { flatLength, startValues } from '../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../src-main/engine/numeric/random.ts';
import { peerAdam, peerTrainStepSpec } from './train-step-spec.ts';

export interface TrainStepFigures {
  readonly imagesPerSecond: number;
  readonly millisecondsPerStep: number;
}

const pictures = 64;
const size = 32;
const warmUpSteps = 2;
const timedSteps = 10;

/** Numbers as the program takes them. */
function feedsOf(rates: Readonly<Record<string, number>>): Record<string, Float32Array> {
  const entries = Object.entries(rates).map(([name, value]) => [name, Float32Array.of(value)]);
  return Object.fromEntries(entries) as Record<string, Float32Array>;
}

/** The median training step of resnet8 on 64 pictures of 32 px on the cpu, to set beside the peer's. */
export async function benchTrainStep(threads?: number): Promise<TrainStepFigures> {
  const encoder = trainableEncoders.resnet8;
  const random = seedRandom(0);
  const spec = peerTrainStepSpec(encoder, pictures, size);
  const program = await compileProgram(spec, 'cpu', threads === undefined ? {} : { threads });
  const slots = new Float32Array(flatLength(encoder.specs, 'trainable'));
  program.writeState({
    weights: startValues(encoder.specs, 'trainable', random),
    firstMoment: slots,
    secondMoment: slots,
  });
  const times: number[] = [];
  for (let step = 1; step <= warmUpSteps + timedSteps; step += 1) {
    const rates = peerAdam.rates(1e-3, step);
    const feeds = {
      images: new Float32Array(2 * pictures * size * size * 3).map(() => random.uniform(0, 1)),
      temperature: Float32Array.of(0.5),
      ...feedsOf(rates),
    };
    const start = performance.now();
    await program.run(feeds);
    if (step > warmUpSteps) times.push(performance.now() - start);
  }
  await program.dispose();
  const median = times.sort((a, b) => a - b)[timedSteps / 2] ?? Number.NaN;
  return { imagesPerSecond: (pictures / median) * 1000, millisecondsPerStep: median };
}
