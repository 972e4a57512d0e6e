import { binNames } from '../../../../src-main/contract/bins.ts';
import type { AnchorLedger } from '../../../../src-main/contract/ledger.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import type { CandidateSet } from '../../../app/anchor/explanation.svelte.ts';

/** What the bins of an anchor are of. */
interface ShownAnchor {
  readonly explanation: Explanation;
  readonly candidateSet: CandidateSet;
  readonly ledger: AnchorLedger | null;
  /** The bins of the negatives that the map marks; those of the ledger come first. */
  readonly bins: Uint8Array | null;
}

/** What a screen reader says of an anchor: over what its negatives are counted, and how many each bin has. */
export function anchorNews(
  name: string,
  { explanation, candidateSet, ledger, bins }: ShownAnchor,
): string {
  const { anchor, space, batch, binCounts, posteriorBasis } = explanation;
  const about = `Anchor: ${name}, ${anchor.label ?? 'no label'}.`;
  if (candidateSet !== 'training') {
    if (posteriorBasis.kind === 'pending') return about;
    const counts = binNames.map((bin) => `${binCounts[bin]} ${bin}`).join(', ');
    const of = batch ? 'one batch' : 'the whole library';
    return `${about} Negatives of ${of} on ${space}: ${counts}.`;
  }
  if (ledger?.anchor.hash !== anchor.hash || bins === null) {
    return `${about} The training recorded no negatives of it.`;
  }
  const recorded = bins.subarray(0, ledger.ids.length);
  const counts = binNames
    .map((bin, index) => `${recorded.filter((one) => one === index).length} ${bin}`)
    .join(', ');
  return `${about} Negatives recorded in epoch ${ledger.epoch} on z: ${counts}.`;
}
