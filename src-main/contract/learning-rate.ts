import type { Optimisation } from './optimisation.ts';

/** The position of a step in a run. */
interface StepInRun {
  /** Counted from 1. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

/**
 * The learning rate of a step. In a warm-up of w steps it is rate · step / w. After that, with x the
 * done share of the remaining steps, it is `rate` itself, rate (1 + cos πx) / 2, or a tenth of `rate`
 * for each milestone (a share of the whole run) that was passed.
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
