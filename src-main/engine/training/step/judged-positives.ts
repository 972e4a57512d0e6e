import type { Random } from '../../numeric/random.ts';
import type { StateArray } from '../sources/training-source.ts';
import { judgedSameAs } from './judged-same.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

/** Gives the picture of each positive of a batch, [B]; null where every picture is its own. */
type DrawPositives = (batch: Uint32Array, random: Random) => Uint32Array | null;

/** Of a training's state what it knows of pairs that were judged the same. */
interface Judged {
  readonly sampleIds: Uint32Array;
  readonly arrays: Readonly<Record<string, StateArray>>;
}

/** Whether the positives of a plan's steps may be other pictures. */
export function drawsPositives({
  verdicts,
  groupPositives = 0,
}: Pick<TrainStepPlan, 'verdicts' | 'groupPositives'>): boolean {
  return verdicts === 'attract' && groupPositives > 0;
}

/**
 * Draws the positives of batches: for a picture that others were judged the same as, one of them with the
 * probability `groupPositives`, otherwise the picture itself, of which there is another view.
 */
export function positiveDrawer(
  plan: Pick<TrainStepPlan, 'verdicts' | 'groupPositives'>,
  judged: Judged,
): DrawPositives {
  if (!drawsPositives(plan)) return () => null;
  const { groupPositives = 0 } = plan;
  const { sampleIds, arrays } = judged;
  const sameAs = judgedSameAs(sampleIds, arrays);
  const indexOf = new Map(Array.from(sampleIds, (id, index) => [id, index]));
  return (batch, random) =>
    batch.map((id) => {
      const others = sameAs(indexOf.get(id) ?? -1);
      const isOther = others.length > 0 && random.uniform(0, 1) < groupPositives;
      return isOther ? (sampleIds[others[random.index(others.length)] ?? -1] ?? id) : id;
    });
}
