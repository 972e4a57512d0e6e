import type { Random } from '../../numeric/random.ts';
import type { StateArray } from '../sources/training-source.ts';
import { groupsByPicture, verdictGroupsArray } from './judged-groups.ts';
import { partnersByPicture, verdictPairsArray } from './judged-pair-mask.ts';
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
  const sameAs = judgedSame(judged);
  return (batch, random) =>
    batch.map((id) => {
      const others = sameAs.get(id) ?? [];
      const isOther = others.length > 0 && random.uniform(0, 1) < groupPositives;
      return isOther ? (others[random.index(others.length)] ?? id) : id;
    });
}

/** The other trained pictures that each picture was judged the same as, by group and by pair. */
function judgedSame({ sampleIds, arrays }: Judged): ReadonlyMap<number, readonly number[]> {
  const groupOf = groupsByPicture(sampleIds, arrays[verdictGroupsArray] ?? []);
  const members = Map.groupBy(groupOf.keys(), (id) => groupOf.get(id) ?? -1);
  const partnersOf = partnersByPicture(arrays[verdictPairsArray] ?? []);
  const others = (id: number): number[] => {
    const group = members.get(groupOf.get(id) ?? -1) ?? [];
    return [...new Set([...group, ...(partnersOf.get(id) ?? [])])].filter((one) => one !== id);
  };
  return new Map(Array.from(sampleIds, (id) => [id, others(id)]));
}
