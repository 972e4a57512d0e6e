import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import { ledgerEpoch } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import { labelNumbers } from '../store/samples.ts';
import { openPairs } from './known-pictures.ts';
import type { KnownPictures } from './known-pictures.ts';
import type { Draft } from './queue-drafts.ts';

/**
 * The `wanted` open pairs with the largest |share| in an epoch's ledger, one for each two families. The
 * share of a pair with the same label counts twice, because it may be a false negative.
 */
export function shortlistFromLedger(
  library: Library,
  { run, epoch }: { readonly run: number; readonly epoch: number },
  known: KnownPictures,
  wanted: number,
): Draft[] {
  const isOpen = openPairs(known);
  const weightOf = labelWeight(known);
  const best: RecordedPair[] = [];
  for (const { sampleId: anchor, negatives } of ledgerEpoch(library, run, epoch)) {
    for (const [index, id] of negatives.ids.entries()) {
      const share = negatives.share[index] ?? 0;
      const score = Math.abs(share) * weightOf(anchor, id);
      if (best.length === wanted && score <= (best.at(-1)?.score ?? 0)) continue;
      if (!isOpen(anchor, id)) continue;
      const key = known.families?.keyOf(anchor, id) ?? `${anchor} ${id}`;
      insert(best, { anchor, id, share, score, key }, wanted);
    }
  }
  return best.map(({ anchor, id, share }) => ({
    anchor,
    others: [{ id, recorded: { share, epoch } }],
  }));
}

/** Gives how often the share of a pair counts: twice with the same label. */
function labelWeight({ samples }: KnownPictures): (anchor: number, id: number) => number {
  const labels = labelNumbers(samples);
  const labelOf = (id: number): number => labels.get(id) ?? noLabel;
  return (anchor, id) =>
    labelRelation(labelOf(anchor), labelOf(id), samples.labelMembers) === 'same' ? 2 : 1;
}

interface RecordedPair {
  readonly anchor: number;
  readonly id: number;
  readonly share: number;
  readonly score: number;
  /** What it has in common with the pairs of which one is enough. */
  readonly key: string;
}

/** Inserts a pair into the list of the `wanted` best ones, the best first and one for each key. */
function insert(best: RecordedPair[], pair: RecordedPair, wanted: number): void {
  const before = best.findIndex(({ key }) => key === pair.key);
  if (before >= 0) {
    if ((best[before]?.score ?? 0) >= pair.score) return;
    best.splice(before, 1);
  }
  const index = best.findIndex(({ score }) => score < pair.score);
  best.splice(index < 0 ? best.length : index, 0, pair);
  if (best.length > wanted) best.pop();
}
