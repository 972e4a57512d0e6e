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

/** Bits of a case, beside the two of the label relation and those of `evidenceBits` for verdicts. */
const caseBits = { labels: 3, suspected: 16, isInRing: 32, takesPush: 64 } as const;
const cases = 128;

/** The bin of each candidate, as an index into `binNames`, by the rules in contract/bins.ts. */
export function assignBins(known: KnownColumns, { hasRing, zone, takesPush }: LossColumns) {
  const { evidence, labelRelation, suspected } = known;
  const { verdict, judgedDifferent } = evidenceBits;
  const binByCase = Uint8Array.from({ length: cases }, (_, number) => binOfCase(number, hasRing));
  const bins = new Uint8Array(zone.length);
  // There are few cases, and many candidates.
  for (let candidate = 0; candidate < bins.length; candidate++) {
    const number =
      (labelRelation[candidate] as number) |
      ((evidence[candidate] as number) & (verdict | judgedDifferent)) |
      (suspected[candidate] === 1 ? caseBits.suspected : 0) |
      (zone[candidate] === ringZones.ring ? caseBits.isInRing : 0) |
      (takesPush[candidate] === 1 ? caseBits.takesPush : 0);
    bins[candidate] = binByCase[number] as number;
  }
  return bins;
}

function binOfCase(number: number, hasRing: boolean): number {
  const has = (bit: number): boolean => (number & bit) !== 0;
  const knowledge = {
    verdict: verdictOf(number),
    labels: relationNames[number & caseBits.labels] ?? 'unknown',
    isSuspected: has(caseBits.suspected),
  };
  const part = {
    hasRing,
    isInRing: has(caseBits.isInRing),
    takesPush: has(caseBits.takesPush),
  };
  return binIndex[binOf(knowledge, part)];
}

function verdictOf(evidence: number): PairKnowledge['verdict'] {
  if ((evidence & evidenceBits.verdict) !== 0) return 'same';
  return (evidence & evidenceBits.judgedDifferent) !== 0 ? 'different' : null;
}
