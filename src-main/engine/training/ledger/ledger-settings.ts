import { paperRingRanks } from '../../../contract/objectives/ring-ranks.ts';
import type { Loss } from '../../losses/loss.ts';
import type { LedgerSettings } from './ledger-recorder.ts';

/**
 * The settings of a ledger that records `size` of an anchor's `negatives`; null for size 0. Zones are
 * recorded with every objective; if it has no ring, they are those of the paper's ring.
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
