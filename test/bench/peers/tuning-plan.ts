import { join } from 'node:path';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { trainInput } from '../../../src-main/contract/runs.ts';
import { findTunedBase } from '../../../src-main/engine/encoders/tuned/tuned-base.ts';
import type { Program } from '../../../src-main/engine/graph/program.ts';
import { flatLength } from '../../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { planTraining } from '../../../src-main/engine/training/plan/training-plan.ts';
import type { TrainingPlan } from '../../../src-main/engine/training/plan/training-plan.ts';
import { startTraining } from '../../../src-main/engine/training/plan/training-state.ts';
import { pictureViews } from '../../../src-main/engine/training/step/step-views.ts';
import { trainEpoch } from '../../../src-main/engine/training/trainer.ts';
import { squareSources } from '../../fixtures/square-sources.ts';
import { spreadOf } from './spread.ts';

/** A fine-tuning of the starter encoder as `train --encoder finetune --on starter` plans it. */
interface TuningSteps {
  readonly plan: TrainingPlan;
  /** How many weights are trained. */
  readonly trained: number;
  /** How many weights of the network are not. */
  readonly frozen: number;
  /** Trains with its compiled step; the seconds of the median step after some that warm up. */
  readonly secondsOfSteps: (program: Program, warmUp: number) => Promise<number>;
}

/** Plans so many steps on made-up pictures; views are drawn as ever, of squares that are in memory. */
export async function tuningSteps(wanted: {
  readonly folder: string;
  readonly pictures: number;
  readonly side: number;
  readonly steps: number;
}): Promise<TuningSteps> {
  const { folder, pictures: batch, side: size, steps } = wanted;
  const { modelFolder } = commandLineOptions();
  const library = openLibrary(join(folder, 'tuning.sqlite'), { mode: 'write', now: () => 0 });
  const base = await findTunedBase({ library, modelFolder }, 'starter');
  library.close();
  const input = trainInput.parse({ encoder: 'finetune', on: 'starter', batch, size });
  const plan = planTraining(input, batch * steps, null, base);
  const all = base.plan({ ...whole, trainFrom: base.layers[0] ?? '' });
  const [trained, every] = [plan.encoder, all].map(({ specs }) => flatLength(specs, 'trainable'));
  return {
    ...{ plan, trained: trained ?? NaN, frozen: (every ?? NaN) - (trained ?? NaN) },
    secondsOfSteps: (program, warmUp) => medianStep(plan, program, { batch, steps, warmUp, size }),
  };
}

/** Choices under which every layer of the network is trained. */
const whole = { head: 'none', layerDecay: 1, isLab: false } as const;

async function medianStep(
  plan: TrainingPlan,
  program: Program,
  { batch, steps, warmUp, size }: Readonly<Record<'batch' | 'steps' | 'warmUp' | 'size', number>>,
): Promise<number> {
  const ids = Uint32Array.from({ length: batch * steps }, (_, at) => at + 1);
  const random = seedRandom(1);
  const state = startTraining(plan.step, plan.seed, ids, (statistics) => {
    // Of zeros, the whitened rows would have no direction.
    for (const at of statistics.keys()) statistics[at] = random.uniform(-0.1, 0.1);
  });
  const squares = new Uint8Array(2 * batch * size * size * 3).map((_, at) => (at * 97) % 251);
  const read = (of: Uint32Array): Uint8Array => squares.subarray(0, of.length * size * size * 3);
  const seconds: number[] = [];
  await trainEpoch(plan, state, {
    program,
    views: pictureViews(plan.step, squareSources(read)),
    now: () => performance.now(),
    yieldToEvents: () => Promise.resolve(),
    onStep: ({ stepSeconds }) => seconds.push(stepSeconds),
    ledger: plan.ledger && { labels: { slots: 1, labelOf: (id) => id % 10 }, add: () => undefined },
  });
  return spreadOf(seconds.slice(warmUp)).median;
}
