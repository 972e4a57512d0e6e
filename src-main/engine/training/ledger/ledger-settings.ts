import { paperRingRanks } from '../../../contract/ring-ranks.ts';
import type { Loss } from '../../losses/loss.ts';
import type { LedgerSettings } from './ledger-recorder.ts';

/**
 * The ledger of `size` negatives for each of anchors that have `negatives`; null for size 0. Zones
 * are written down whatever the objective; where it has no ring they are those of the paper's.
 */
export function ledgerSettings(
  size: number,
  { scalarNames }: Loss,
  negatives: number,
): LedgerSettings | null {
  if (size === 0) return null;
  const hasRing = scalarNames.includes('ringOuterRank');
  const zones = hasRing ? null : paperRingRanks(negatives);
  return { size, zones };
}
