import { lastLedgerEpoch, ledgerAnchorIds, readLedger } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import type { Partnered } from '../verdicts/partners.ts';

/**
 * The signed share of the gradient that the partners of pictures took as negatives in the last recorded
 * epoch of a run, as a mean over its recorded pictures of them; null without any.
 */
export function pushOnPartners(
  library: Library,
  runId: number,
  pictures: readonly Partnered[],
): number | null {
  const epoch = lastLedgerEpoch(library, runId);
  if (epoch === null) return null;
  const recorded = ledgerAnchorIds(library, runId, epoch);
  const anchors = pictures.filter(({ id }) => recorded.has(id));
  if (anchors.length === 0) return null;
  let sum = 0;
  for (const { id, partners } of anchors) {
    const negatives = readLedger(library, runId, epoch, id)?.negatives;
    const isPartner = new Set(partners);
    for (const [index, other] of (negatives?.ids ?? []).entries()) {
      if (isPartner.has(other)) sum += negatives?.share[index] ?? 0;
    }
  }
  return sum / anchors.length;
}
