import type { Optimisation } from './optimisation.ts';

/** Where in a run a step is. */
export interface StepInRun {
  /** Counted from 1. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

/**
 * The learning rate of a step. In the warm-up of w steps: rate step / w. After it, with x the share
 * done of what remains: the rate itself, rate (1 + cos πx) / 2, or a tenth of it for each milestone
 * (a share of the whole run) that has been passed.
 */
export function learningRateAt(
  { learningRate, schedule, warmupEpochs, milestones }: Optimisation,
  { step, stepsPerEpoch, epochs }: StepInRun,
): number {
  const warmup = warmupEpochs * stepsPerEpoch;
  if (step <= warmup) return (learningRate * step) / warmup;
  const total = epochs * stepsPerEpoch;
  const done = step - 1;
  switch (schedule) {
    case 'constant':
      return learningRate;
    case 'cosine':
      return (learningRate * (1 + Math.cos((Math.PI * (done - warmup)) / (total - warmup)))) / 2;
    case 'step': {
      const passed = milestones.filter((share) => done >= Math.round(share * total)).length;
      return learningRate * 0.1 ** passed;
    }
  }
}
