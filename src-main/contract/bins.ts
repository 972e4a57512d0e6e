import { formatPercent } from './percent.ts';
import type { LabelRelation } from './label-relation.ts';
import type { PosteriorBasis } from './suspicion.ts';

/** The five bins, in the order of the numbers in the column `bin` of an explanation. */
export const binNames = ['hard', 'false', 'suspected', 'ring', 'easy'] as const;
export type BinName = (typeof binNames)[number];

/** The number of each bin in columns of bins. */
export const binIndex = { hard: 0, false: 1, suspected: 2, ring: 3, easy: 4 } as const satisfies {
  readonly [K in BinName]: number;
};

/**
 * The zones of the ring, by the numbers in columns of zones; `positive` is none of them, but a positive
 * of the loss besides the anchor's own views.
 */
export const zoneNames = ['too-hard', 'ring', 'too-easy', 'positive'] as const;

/**
 * The part of all that is pushed which the hard negatives take together, most pushed first, unless it
 * is set: half of it, as the median divides a distribution.
 */
export const defaultHardShare = 0.5;

/** The k of the mutual k nearest neighbours that make a negative suspected. */
export const mutualNeighbourCount = 15;

/** What is known about a pair of pictures, and whether it is suspected to show one thing. */
export interface PairKnowledge {
  /** The verdict in force: a person's, or decided by verdicts on other pairs. */
  readonly verdict: 'same' | 'different' | null;
  readonly labels: LabelRelation;
  /** Whether the rule of suspicion holds; it counts only where nothing is known. */
  readonly isSuspected: boolean;
}

/** What the loss makes of a negative. */
interface LossPart {
  /** Whether the loss itself has a ring, so that it pushes only what the ring keeps. */
  readonly hasRing: boolean;
  /** Whether the negative lies between the ring's cuts; those shown, of a loss without a ring. */
  readonly isInRing: boolean;
  /** Whether it is among the most pushed (`takersOfPush`); of a loss with a ring, without its cut. */
  readonly takesPush: boolean;
}

/**
 * The bin that what is known and suspected decides, whatever the loss does; null where the loss
 * decides. A verdict goes before labels, and both before suspicion.
 */
export function binByKnowledge(pair: PairKnowledge): 'false' | 'suspected' | null {
  const { verdict, labels, isSuspected } = pair;
  if (verdict !== null) return verdict === 'same' ? 'false' : null;
  if (labels !== 'unknown') return labels === 'same' ? 'false' : null;
  return isSuspected ? 'suspected' : null;
}

/** The bin of a negative about which nothing known or suspected decides. */
export function binByLoss({ hasRing, isInRing, takesPush }: LossPart): 'ring' | 'hard' | 'easy' {
  if (hasRing && isInRing) return 'ring';
  if (takesPush) return 'hard';
  return isInRing ? 'ring' : 'easy';
}

/** The bin of a negative: the first that holds of false, suspected, and what the loss does. */
export function binOf(pair: PairKnowledge, part: LossPart): BinName {
  return binByKnowledge(pair) ?? binByLoss(part);
}

/**
 * 1 for the candidates that, most pushed first, together take `hardShare` (0 to 1) of all that is
 * pushed, [M]; the last of them may pass it. `share` [M] is signed; only what is above 0 pushes.
 * `order` has the candidates by rank, which decides between equal pushes. `total` is all that is
 * pushed, where `share` has only the largest part of it.
 */
export function takersOfPush(
  share: ArrayLike<number>,
  order: ArrayLike<number>,
  hardShare: number,
  total = pushOf(share),
): Uint8Array {
  const takes = new Uint8Array(share.length);
  let taken = 0;
  for (const candidate of pushedInOrder(share, order)) {
    if (taken >= hardShare * total) break;
    takes[candidate] = 1;
    taken += share[candidate] as number;
  }
  return takes;
}

function pushOf(share: ArrayLike<number>): number {
  let total = 0;
  for (let candidate = 0; candidate < share.length; candidate++) {
    total += Math.max(0, share[candidate] as number);
  }
  return total;
}

/** The candidates with a push, the most pushed first, of equally pushed ones the lower rank. */
function pushedInOrder(share: ArrayLike<number>, order: ArrayLike<number>): Uint32Array {
  const pushed = new Uint32Array(order.length);
  let count = 0;
  let isFalling = true;
  let before = Infinity;
  for (let rank = 0; rank < order.length; rank++) {
    const candidate = order[rank] as number;
    const push = share[candidate] as number;
    if (!(push > 0)) continue;
    if (push > before) isFalling = false;
    before = push;
    pushed[count++] = candidate;
  }
  const found = pushed.subarray(0, count);
  // Most losses push the more similar more: the ranks are then the order, and sorting 50,000 is not.
  if (isFalling) return found;
  return found.sort((a, b) => (share[b] as number) - (share[a] as number));
}

/** The rule of a bin: its content in words, and the same in the papers' symbols. */
interface BinRule {
  readonly sentence: string;
  /** r is the rank from 0, γ the signed share, y a label. */
  readonly formula: string;
  /** Which handle moves the bin, in a sentence; empty where none does. */
  readonly handle: string;
}

/** What the rules of the bins depend on beside the negative. */
export interface BinSettings {
  readonly hasRing: boolean;
  readonly hardShare: number;
}

/** What the rule of suspicion depends on: where the posterior is from, and how much of it is enough. */
export type SuspicionInForce = Pick<PosteriorBasis, 'kind' | 'suspectFrom'>;

/** The rule by which a negative of which nothing is known is suspected: as a sign, and in symbols. */
export function suspicionRule({ kind, suspectFrom }: SuspicionInForce) {
  const from = formatPercent(suspectFrom, 0);
  const [reached, symbols] = [
    `P(false | rank) from ${from}`,
    `P(false | rank) ≥ ${Number(suspectFrom.toFixed(2))}`,
  ];
  if (kind !== 'order statistics') {
    return {
      sign: reached,
      sentence: `by its rank alone it is false with a probability of at least ${from}`,
      formula: symbols,
    };
  }
  return {
    sign: `mutual, and ${reached}`,
    sentence: `each is among the other’s ${mutualNeighbourCount} nearest, and by its rank it is false with a probability of at least ${from} (uncalibrated)`,
    formula: `${symbols}, j in kNN(i) and i in kNN(j)`,
  };
}

/**
 * The rule of a bin for a loss. The first that holds decides: false, suspected, a ring of the loss
 * itself, hard, a ring that is only shown, easy.
 */
export function binRule(
  bin: BinName,
  { hasRing, hardShare, suspicion }: BinSettings & { readonly suspicion: SuspicionInForce },
): BinRule {
  const suspected = suspicionRule(suspicion);
  const part = formatPercent(hardShare, 0);
  const taken = `Σ max(γ, 0) of the more pushed < ${Number(hardShare.toFixed(2))} · Σ max(γ, 0)`;
  const ofHard = 'The hard share moves this bin, and nothing of the loss.';
  const ofRing = hasRing
    ? 'Moving a cut of the ring changes what the loss pushes.'
    : 'Moving a cut of the ring moves this bin, and nothing of the loss.';
  const rules: Readonly<Record<BinName, BinRule>> = {
    hard: hasRing
      ? {
          sentence: `Would take the push, but the ring leaves it out: the most pushed without the ring, until they have ${part} of that push.`,
          formula: `${taken}, γ without the ring; r < inner or r ≥ outer`,
          handle: ofHard,
        }
      : {
          sentence: `Takes the push: the most pushed, until together, false and suspected ones among them, they have ${part} of all that is pushed.`,
          formula: taken,
          handle: ofHard,
        },
    false: {
      sentence: 'Known: judged the same, or the same label and not judged different.',
      formula: 'judged same, or y_i = y_j and not judged different',
      handle: '',
    },
    suspected: {
      sentence: `Not known, as a label is missing, but ${suspected.sentence}.`,
      formula: `y unknown, not judged, ${suspected.formula}`,
      handle: 'The field “Suspected from” moves this bin, and nothing of the loss.',
    },
    ring: {
      sentence: hasRing
        ? 'What the ring keeps, between its lower and its upper cut: nothing else is pushed.'
        : 'Takes less, and a ring between the lower and the upper cut would keep it; this loss has none.',
      formula: hasRing ? 'inner ≤ r < outer' : 'inner ≤ r < outer, and not hard',
      handle: ofRing,
    },
    easy: {
      sentence: hasRing
        ? 'The rest: the ring leaves it out, and it would take little.'
        : 'The rest: takes little of the push.',
      formula: 'none of the others',
      handle: '',
    },
  };
  return rules[bin];
}
