/** How the ring's outer cut falls from `initial` to `minimum`, both fractions of the negatives. */
export type RingSchedule =
  | { readonly kind: 'none'; readonly initial: number }
  | {
      readonly kind: 'linear';
      readonly initial: number;
      readonly minimum: number;
      readonly annealSteps: number;
    }
  | {
      readonly kind: 'step';
      readonly initial: number;
      readonly minimum: number;
      readonly annealSteps: number;
      /** How much lower each level is than the one before. */
      readonly level: number;
    }
  | {
      readonly kind: 'exponential';
      readonly initial: number;
      readonly minimum: number;
      readonly annealSteps: number;
      /** Per step. */
      readonly decay: number;
    };

/**
 * The outer cut at a step counted from 0 (Wu et al. 2020; the official policy.py). Sums are in
 * numpy's order, so that the truncated ranks are the same.
 * - `linear`: from `initial` at step 0 to `minimum` at step `annealSteps` - 1.
 * - `step`: equal levels of int(annealSteps / levels) steps each.
 * - `exponential`: (initial - minimum) e^(-decay·step) + minimum.
 *
 * From `annealSteps` on it is `minimum`. The levels of `step` can end before that: then it is
 * `minimum` too, where the official code fails.
 */
export function ringOuterAt(schedule: RingSchedule, step: number): number {
  if (schedule.kind === 'none') return schedule.initial;
  const { initial, minimum, annealSteps } = schedule;
  if (schedule.kind === 'step') return levelAt(schedule, step);
  if (step >= annealSteps) return minimum;
  if (schedule.kind === 'linear') return linearAt(initial, minimum, annealSteps, step);
  return (initial - minimum) * Math.exp(-schedule.decay * step) + minimum;
}

/** numpy.linspace(minimum, initial, steps), reversed. */
function linearAt(initial: number, minimum: number, steps: number, step: number): number {
  if (steps === 1) return minimum;
  if (step === 0) return initial;
  return (steps - 1 - step) * ((initial - minimum) / (steps - 1)) + minimum;
}

/** numpy.arange(minimum, initial + level, level), reversed, each value repeated. */
function levelAt(schedule: RingSchedule & { kind: 'step' }, step: number): number {
  const { initial, minimum, annealSteps, level } = schedule;
  const end = initial + level;
  const levels = Math.ceil((end - minimum) / level);
  const each = Math.trunc(annealSteps / levels);
  const passed = each === 0 ? levels : Math.floor(step / each);
  if (passed >= levels) return minimum;
  return minimum + (levels - 1 - passed) * (minimum + level - minimum);
}

/** The state of an outer cut that follows a measure of the training; checkpoints hold it. */
export interface AdaptiveRing {
  readonly outer: number;
  /** The last measures, oldest first. */
  readonly measures: readonly number[];
}

/** How an adaptive outer cut follows its measure, and between which bounds. */
export interface AdaptiveRingRule {
  readonly minimum: number;
  readonly maximum: number;
  /** How far one measure moves the cut: 0.01 by the loss, 0.05 by accuracy. */
  readonly delta: number;
  /** Over how many former measures the mean is taken: 10 by the loss, 5 by accuracy. */
  readonly window: number;
  readonly lowerIsBetter: boolean;
}

/**
 * The cut after one more measure (the official AdaptiveThresholdPolicy): lower by `delta` if the
 * measure is better than the mean of the former ones, higher if it is worse. The first measure does
 * not change it.
 */
export function adaptedRing(
  { outer, measures }: AdaptiveRing,
  measure: number,
  rule: AdaptiveRingRule,
): AdaptiveRing {
  const mean = measures.reduce((sum, value) => sum + value, 0) / measures.length;
  const difference = rule.lowerIsBetter ? measure - mean : mean - measure;
  // Before the first measure there is no mean: the difference is NaN.
  const step = Number.isNaN(difference) ? 0 : Math.sign(difference) * rule.delta;
  return {
    outer: Math.min(rule.maximum, Math.max(rule.minimum, outer + step)),
    measures: [...measures, measure].slice(-rule.window),
  };
}

/** How many values β takes while it falls. */
const betaLevels = 9;

/**
 * β in an epoch, counted from 1, of `epochs` (HCL's `--anneal down`). It takes nine equally spaced
 * values from `beta` to 0, the next one at each epoch that int(epochs / 9) divides. The first of
 * those epochs takes `beta` itself, so β first falls at the second. After the ninth value β stays
 * at 0, where the official code runs out of values.
 */
export function annealedBeta(beta: number, epoch: number, epochs: number): number {
  const every = Math.max(1, Math.trunc(epochs / betaLevels));
  const level = Math.min(betaLevels - 1, Math.max(0, Math.floor(epoch / every) - 1));
  return beta * (1 - level / (betaLevels - 1));
}
