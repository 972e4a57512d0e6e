import { binIndex, binOf } from '../../contract/bins.ts';
import type { PairKnowledge } from '../../contract/bins.ts';
import type { LabelRelation } from '../../contract/label-relation.ts';
import { evidenceBits } from '../../contract/negatives.ts';
import { ringZones } from '../losses/ring-zone.ts';

/** Whether a candidate has the anchor's label; unknown if one of them has none. */
export const labelRelations = { unknown: 0, same: 1, different: 2 } as const satisfies Record<
  LabelRelation,
  number
>;
const relationNames = Object.keys(labelRelations) as readonly LabelRelation[];

/** What is known and suspected of candidates, as columns [M] in the same order. */
interface KnownColumns {
  /** Bits of `evidenceBits`. */
  readonly evidence: Uint8Array;
  /** One of `labelRelations`. */
  readonly labelRelation: Uint8Array;
  /** 1 where the rule of suspicion holds. */
  readonly suspected: Uint8Array;
}

/** What the loss makes of candidates. */
interface LossColumns {
  /** Whether the loss has a ring of its own. */
  readonly hasRing: boolean;
  /** One of `ringZones`, [M]. */
  readonly zone: Uint8Array;
  /** 1 for those that take the push (`takersOfPush`), [M]. */
  readonly takesPush: Uint8Array;
}

/** The bin of each candidate, as an index into `binNames`, by the rules in contract/bins.ts. */
export function assignBins(known: KnownColumns, { hasRing, zone, takesPush }: LossColumns) {
  const bins = new Uint8Array(zone.length);
  for (let candidate = 0; candidate < bins.length; candidate++) {
    const part = {
      hasRing,
      isInRing: zone[candidate] === ringZones.ring,
      takesPush: takesPush[candidate] === 1,
    };
    bins[candidate] = binIndex[binOf(knowledgeOf(known, candidate), part)];
  }
  return bins;
}

function knowledgeOf(known: KnownColumns, candidate: number): PairKnowledge {
  return {
    verdict: verdictOf(known.evidence[candidate] as number),
    labels: relationNames[known.labelRelation[candidate] as number] ?? 'unknown',
    isSuspected: known.suspected[candidate] === 1,
  };
}

function verdictOf(evidence: number): PairKnowledge['verdict'] {
  if ((evidence & evidenceBits.verdict) !== 0) return 'same';
  return (evidence & evidenceBits.judgedDifferent) !== 0 ? 'different' : null;
}
