import { metAmongNearest } from '../../contract/met-negatives.ts';
import type { MetNegatives } from '../../contract/met-negatives.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { lastLedgerEpoch, ledgerEpoch } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import type { LabelColumn } from './label-columns.ts';

/** The pictures of a run: their sample ids, labels and nearest, row by row. */
interface NearPictures {
  readonly ids: Uint32Array;
  readonly labels: LabelColumn;
  /** Null where there are too few pictures. */
  readonly neighbours: Neighbours | null;
}

/**
 * The part of the most similar pictures that a run met as negatives in its last recorded epoch; null
 * without a ledger. Pictures without a label count among all only.
 */
export function negativesMet(
  library: Library,
  runId: number,
  { ids, labels, neighbours }: NearPictures,
): MetNegatives | null {
  const epoch = lastLedgerEpoch(library, runId);
  if (epoch === null || neighbours === null) return null;
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const counts = { all: tally(), otherLabel: tally(), sameLabel: tally() };
  const nearest = Math.min(metAmongNearest, neighbours.k);
  let anchors = 0;
  for (const { sampleId, negatives } of ledgerEpoch(library, runId, epoch)) {
    const row = rowOf.get(sampleId);
    if (row === undefined) continue;
    anchors += 1;
    const met = new Set(negatives.ids.filter((_, index) => (negatives.share[index] ?? 0) > 0));
    const from = row * neighbours.k;
    for (const near of neighbours.rows.subarray(from, from + nearest)) {
      if (near < 0) continue;
      const isMet = met.has(ids[near] ?? 0);
      counts.all.add(isMet);
      const relation = relationOf(labels, row, near);
      if (relation !== null) counts[relation].add(isMet);
    }
  }
  if (anchors === 0) return null;
  const { all, otherLabel, sameLabel } = counts;
  return {
    ...{ epoch, anchors, all: all.part() ?? 0 },
    ...{ otherLabel: otherLabel.part(), sameLabel: sameLabel.part() },
  };
}

function relationOf(
  labels: LabelColumn,
  row: number,
  near: number,
): 'sameLabel' | 'otherLabel' | null {
  const [own = -1, other = -1] = [labels[row], labels[near]];
  if (own < 0 || other < 0) return null;
  return own === other ? 'sameLabel' : 'otherLabel';
}

function tally() {
  let [met, counted] = [0, 0];
  return {
    add: (isMet: boolean): void => {
      counted += 1;
      if (isMet) met += 1;
    },
    part: (): number | null => (counted === 0 ? null : met / counted),
  };
}
