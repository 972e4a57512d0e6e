import { binNames, topShareOfPush } from '../../contract/bins.ts';
import type { BinName } from '../../contract/bins.ts';
import { isFalseNegative } from '../../contract/false-negative.ts';
import { evidenceBits } from '../../contract/negatives.ts';
import { ringZones } from '../losses/ring-zone.ts';

/** Whether a candidate has the anchor's label; unknown if one of them has none. */
export const labelRelations = { unknown: 0, same: 1, different: 2 } as const;
const relationNames = Object.keys(labelRelations) as readonly (keyof typeof labelRelations)[];

/** The columns of candidates that decide their bins. */
interface BinColumns {
  /** Candidates, the most similar first. */
  readonly order: Uint32Array;
  readonly zone: Uint8Array;
  /** Signed shares of the push. */
  readonly share: Float64Array;
  /** Bits of `evidenceBits`. */
  readonly evidence: Uint8Array;
  /** One of `labelRelations`. */
  readonly labelRelation: Uint8Array;
  /** 1 where the rule of suspicion holds. */
  readonly suspected: Uint8Array;
}

const binIndex: Readonly<Record<BinName, number>> = {
  hard: binNames.indexOf('hard'),
  false: binNames.indexOf('false'),
  ring: binNames.indexOf('ring'),
  easy: binNames.indexOf('easy'),
};

/** The bin of each candidate, as an index into `binNames`, by the rules in contract/bins.ts. */
export function assignBins(columns: BinColumns): Uint8Array {
  const isTopShare = topShares(columns);
  const bins = new Uint8Array(columns.zone.length);
  for (let candidate = 0; candidate < bins.length; candidate++) {
    bins[candidate] = binIndex[binOf(columns, candidate, isTopShare[candidate] === 1)];
  }
  return bins;
}

function binOf(
  { zone: zones, evidence, labelRelation, suspected }: BinColumns,
  candidate: number,
  isTopShare: boolean,
): BinName {
  const zone = zones[candidate];
  if (isFalse(evidence[candidate] ?? 0, labelRelation[candidate], suspected[candidate] === 1))
    return 'false';
  if (zone === ringZones.ring) return 'ring';
  return zone === ringZones.inside || isTopShare ? 'hard' : 'easy';
}

function isFalse(
  evidence: number,
  labelRelation: number | undefined,
  isSuspected: boolean,
): boolean {
  return isFalseNegative({
    // A pair that was judged different has the label relation "different".
    verdict: (evidence & evidenceBits.verdict) === 0 ? null : 'same',
    labels: relationNames[labelRelation ?? labelRelations.unknown] ?? 'unknown',
    isSuspected,
  });
}

/**
 * 1 for the negatives that together take the first `topShareOfPush` of the push, the most similar
 * first: of two negatives with a push the more similar one has the larger push.
 */
function topShares({ share, order }: BinColumns): Uint8Array {
  let total = 0;
  for (const part of share) if (part > 0) total += part;
  const isTop = new Uint8Array(share.length);
  let before = 0;
  for (const candidate of order) {
    if (before >= topShareOfPush * total) break;
    const part = share[candidate] as number;
    if (part <= 0) continue;
    isTop[candidate] = 1;
    before += part;
  }
  return isTop;
}
