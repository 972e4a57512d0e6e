import { presets } from '../../src-main/contract/objectives/presets.ts';
import type { ObjectivePreset } from '../../src-main/contract/objectives/presets.ts';
import { trainInput } from '../../src-main/contract/runs.ts';
import { compileProgram } from '../../src-main/engine/graph/compile-program.ts';
import { pictureViews } from '../../src-main/engine/training/step/step-views.ts';
import { trainEpoch } from '../../src-main/engine/training/trainer.ts';
import { trainStepSpec } from '../../src-main/engine/training/step/train-step.ts';
import { planTraining } from '../../src-main/engine/training/plan/training-plan.ts';
import { startTraining } from '../../src-main/engine/training/plan/training-state.ts';
import { residentSets } from './resident-set.ts';
import type { ResidentSetFigures } from './resident-set.ts';
import { madeSquares } from '../fixtures/square-sources.ts';

export interface StepFigures {
  readonly millisecondsPerStep: number;
  /** Of the SimCLR steps between its own. */
  readonly simclrMilliseconds: number;
  /** Of the medians; 1.15 is the most that is allowed. */
  readonly ratio: number;
}

export interface ObjectiveFigures {
  readonly steps: Readonly<Record<string, StepFigures>>;
  readonly residentSet: ResidentSetFigures;
}

const [batch, size] = [64, 32];
/** So many that queue and bank hold 4,096 of them. */
const pictures = 8192;
const warmUpSteps = 3;
const timedSteps = 21;

/**
 * A step of every objective: `resnet8` on 64 pictures of 32 px on the cpu, in turns with steps of
 * SimCLR; and the resident set of a small training.
 */
export async function benchObjectives(): Promise<ObjectiveFigures> {
  const residentSet = await residentSets();
  const steps: Record<string, StepFigures> = {};
  for (const preset of Object.keys(presets) as ObjectivePreset[]) {
    steps[preset] = await stepFigures(preset);
  }
  return { steps, residentSet };
}

async function stepFigures(preset: ObjectivePreset): Promise<StepFigures> {
  // One of the two has to be first: in turns of two, either is as often.
  const turns = new Turns(2);
  const [own, simclr] = await Promise.all([
    stepSeconds(preset, turns, 0),
    stepSeconds('simclr', turns, 1),
  ]);
  const [millisecondsPerStep, simclrMilliseconds] = [1000 * median(own), 1000 * median(simclr)];
  return {
    millisecondsPerStep,
    simclrMilliseconds,
    ratio: millisecondsPerStep / simclrMilliseconds,
  };
}

/** Lets the trainings step one after the other. */
class Turns {
  readonly #count: number;
  #next = 0;
  #waiting = new Map<number, () => void>();

  constructor(count: number) {
    this.#count = count;
  }

  async wait(place: number): Promise<void> {
    if (this.#next === place) return;
    await new Promise<void>((resolve) => this.#waiting.set(place, resolve));
  }

  done(): void {
    this.#next = (this.#next + 1) % this.#count;
    this.#waiting.get(this.#next)?.();
    this.#waiting.delete(this.#next);
  }
}

/** Trains one epoch of the objective, each step in its turn, and gives the seconds of the timed ones. */
async function stepSeconds(preset: string, turns: Turns, place: number): Promise<number[]> {
  const settings = preset === 'mochi' ? { mixWarmup: 0 } : {};
  const input = trainInput.parse({ objective: preset, batch, size, settings, ledgerSize: 0 });
  const plan = planTraining(input, pictures);
  const program = await compileProgram(trainStepSpec(plan.step), 'cpu');
  const ids = Uint32Array.from({ length: pictures }, (_, at) => at + 1);
  const seconds: number[] = [];
  const enough = new Error('Enough steps are timed.');
  await trainEpoch(plan, startTraining(plan.step, plan.seed, ids), {
    program,
    views: pictureViews(plan.step, madeSquares(size)),
    now: () => performance.now(),
    yieldToEvents: async () => {
      await turns.wait(place);
      if (seconds.length < warmUpSteps + timedSteps) return;
      turns.done();
      throw enough;
    },
    onStep: ({ stepSeconds: taken }) => {
      seconds.push(taken);
      turns.done();
    },
    ledger: null,
  }).catch((error: unknown) => {
    if (error !== enough) throw error;
  });
  await program.dispose();
  return seconds.slice(warmUpSteps);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
