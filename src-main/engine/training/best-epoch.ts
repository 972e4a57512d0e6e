import { heldOutMetric } from '../../contract/held-out.ts';
import { readHistory } from '../store/history.ts';
import type { Library } from '../store/library-file.ts';
import type { TrainingPlan } from './plan/training-plan.ts';

/** An epoch and how held-out partners ranked after it; higher is better. */
export interface RankedEpoch {
  readonly epoch: number;
  readonly value: number;
}

/** The finished epochs of a run that were measured by held-out pairs, ascending. */
export function rankedEpochs(library: Library, runId: number): RankedEpoch[] {
  return readHistory(library, runId)
    .epochMetrics.filter(({ name, epoch }) => name === heldOutMetric && epoch > 0)
    .map(({ epoch, value }) => ({ epoch, value }));
}

/** The epoch in which held-out partners rank best, of equal ones the first; null where none was measured. */
export function bestEpoch(epochs: readonly RankedEpoch[]): number | null {
  const [first, ...others] = epochs;
  if (first === undefined) return null;
  return others.reduce((best, one) => (one.value > best.value ? one : best), first).epoch;
}

/** Whether a training ends after these epochs: it has done all, or its patience is over. */
export function isTrained(
  { epochs: planned, heldOut }: Pick<TrainingPlan, 'epochs' | 'heldOut'>,
  epoch: number,
  ranked: readonly RankedEpoch[],
): boolean {
  if (epoch >= planned) return true;
  const best = bestEpoch(ranked);
  return heldOut.patience > 0 && best !== null && epoch - best >= heldOut.patience;
}
