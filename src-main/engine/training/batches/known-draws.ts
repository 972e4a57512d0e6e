import type { Random } from '../../numeric/random.ts';
import { partnersByPicture } from '../step/judged-pair-mask.ts';
import { differentPairsArray } from '../step/known-negatives.ts';
import type { DrawnFrom } from './batch-drawer.ts';
import type { BatchPlan } from './create-drawer.ts';

/**
 * Draws, for each picture of a batch, which of those judged different from it must be among the K that
 * are drawn from a bank: each at the plan's rate. Undefined where batches bring pairs together instead,
 * or nothing was judged different.
 */
export function knownDrawer(
  { settings, meeting }: BatchPlan,
  { arrays }: Pick<DrawnFrom, 'arrays'>,
): (batch: Uint32Array, random: Random) => number[][] | undefined {
  const differentOf = partnersByPicture(arrays[differentPairsArray] ?? []);
  const { differentRate } = settings;
  if (meeting !== null || differentRate === 0 || differentOf.size === 0) return () => undefined;
  return (batch, random) =>
    Array.from(batch, (id) =>
      (differentOf.get(id) ?? []).filter(() => random.uniform(0, 1) < differentRate),
    );
}
