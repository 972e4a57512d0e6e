import { ringRanks } from '../../../contract/ring-ranks.ts';
import type { Selection } from '../../losses/selection.ts';
import type { LedgerSettings } from './ledger-recorder.ts';

/** Zones are written down whatever the objective; where it has no ring they are the paper's. */
const paperRing = { outer: 0.1, inner: 0.1 };

/** The ledger of `size` negatives for each of anchors that have `negatives`; null for size 0. */
export function ledgerSettings(
  size: number,
  { scalarNames }: Selection,
  negatives: number,
): LedgerSettings | null {
  if (size === 0) return null;
  const hasRing = scalarNames.includes('ringOuterRank');
  const zones = hasRing ? null : ringRanks(negatives, paperRing.outer, paperRing.inner, true);
  return { size, zones };
}
