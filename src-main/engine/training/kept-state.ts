import { readCheckpoint } from '../store/checkpoints.ts';
import type { Library } from '../store/library-file.ts';
import { bestEpoch, rankedEpochs } from './best-epoch.ts';
import type { TrainingPlan } from './plan/training-plan.ts';
import { decodeState } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';

/**
 * The state after the epoch in which held-out pairs ranked best, which the run keeps; null where it keeps
 * its last one.
 */
export function keptState(
  library: Library,
  runId: number,
  { encoder, heldOut }: TrainingPlan,
): TrainingState | null {
  const best = heldOut.keepEpoch === 'best' ? bestEpoch(rankedEpochs(library, runId)) : null;
  const checkpoint = best === null ? null : readCheckpoint(library, runId, best);
  if (!checkpoint?.training) return null;
  const { weights, training } = checkpoint;
  return decodeState(encoder, { weights, training });
}
