import type { ObjectiveSettings } from '../../../contract/objectives/settings-table.ts';
import { adaptedRing, annealedBeta, ringOuterAt } from '../../losses/annealing.ts';
import type { AdaptiveRing, AdaptiveRingRule, RingSchedule } from '../../losses/annealing.ts';
import type { StateArray } from '../sources/training-source.ts';
import type { TrainingPlan } from './training-plan.ts';

/** The outer cut at the start, as in the official code: all negatives. */
const initialOuter = 1;
/** The official code's level height of the step schedule, and decay of the exponential one. */
const [level, decay] = [0.1, 0.1];

/** The objective's scalars at each step of an epoch, with the ring's cut and β annealed. */
export class ObjectiveSchedule {
  readonly #plan: TrainingPlan;
  readonly #stepsPerEpoch: number;
  #adaptive: AdaptiveRing;

  /** Continues from the training state's arrays; without an array of a schedule it begins anew. */
  constructor(
    plan: TrainingPlan,
    { ringAnnealing }: Readonly<Record<string, StateArray>>,
    stepsPerEpoch: number,
  ) {
    this.#plan = plan;
    this.#stepsPerEpoch = stepsPerEpoch;
    const [outer = initialOuter, ...measures] = ringAnnealing ?? [];
    this.#adaptive = { outer, measures };
  }

  /** The scalars of a step counted from 1. */
  scalarsAt(step: number): Readonly<Record<string, number>> {
    const { step: stepPlan, objective, negatives } = this.#plan;
    return stepPlan.loss.scalars(this.#settingsAt(step - 1, objective.settings), negatives);
  }

  /** Records the loss of a step, which an adaptive ring follows. */
  record(loss: number): void {
    const { ringAnneal, ringOuter = initialOuter } = this.#plan.objective.settings;
    if (ringAnneal !== 'adaptive') return;
    this.#adaptive = adaptedRing(this.#adaptive, loss, adaptiveRule(ringOuter));
  }

  /** The arrays from which the next epoch continues, as checkpoints hold them. */
  state(): Readonly<Record<string, StateArray>> {
    if (this.#plan.objective.settings.ringAnneal !== 'adaptive') return {};
    const { outer, measures } = this.#adaptive;
    return { ringAnnealing: Float32Array.of(outer, ...measures) };
  }

  #settingsAt(step: number, settings: ObjectiveSettings): ObjectiveSettings {
    const { epochs } = this.#plan;
    const { beta, betaAnneal, ringOuter } = settings;
    if (beta !== undefined && betaAnneal === 'down') {
      const epoch = Math.floor(step / this.#stepsPerEpoch) + 1;
      return { ...settings, beta: annealedBeta(beta, epoch, epochs) };
    }
    if (ringOuter === undefined) return settings;
    return { ...settings, ringOuter: this.#outerAt(step, ringOuter, settings) };
  }

  #outerAt(step: number, minimum: number, settings: ObjectiveSettings): number {
    const { ringAnneal = 'none', ringAnnealEpochs = 1 } = settings;
    if (ringAnneal === 'adaptive') return Math.max(minimum, this.#adaptive.outer);
    const epochs = Math.min(ringAnnealEpochs, this.#plan.epochs);
    const annealSteps = epochs * this.#stepsPerEpoch;
    return ringOuterAt(schedules(minimum, annealSteps)[ringAnneal], step);
  }
}

function schedules(
  minimum: number,
  annealSteps: number,
): Readonly<Record<RingSchedule['kind'], RingSchedule>> {
  const range = { initial: initialOuter, minimum, annealSteps };
  return {
    none: { kind: 'none', initial: minimum },
    linear: { kind: 'linear', ...range },
    step: { kind: 'step', ...range, level },
    exponential: { kind: 'exponential', ...range, decay },
  };
}

/** The official code's rule for following the loss. */
function adaptiveRule(minimum: number): AdaptiveRingRule {
  return { minimum, maximum: initialOuter, delta: 0.01, window: 10, lowerIsBetter: true };
}
