import { isLossPositive } from '../../../../src-main/contract/loss-positives.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import { ringRanks } from '../../../../src-main/contract/objectives/ring-ranks.ts';

export type RingCut = 'inner' | 'outer';
type RingKnobs = Pick<Explanation['parameters'], 'ringOuter' | 'ringInner'>;
type CutRanks = Readonly<Record<RingCut, number>>;

/**
 * How many candidates there are, how many vectors the loss compares, and the ring's settings. In a batch
 * of the training a candidate is several vectors: its views.
 */
export interface RingOfCandidates extends Pick<
  Explanation,
  'candidates' | 'negatives' | 'innerRank' | 'outerRank'
> {
  readonly parameters: Pick<
    Explanation['parameters'],
    'ringOuter' | 'ringInner' | 'ringDynamicInner'
  >;
}

/** The ranks among the N vectors of the loss between which the ring of an explanation lies. */
export function cutRanks({
  parameters,
  negatives,
}: Pick<RingOfCandidates, 'parameters' | 'negatives'>): CutRanks {
  const { ringOuter, ringInner, ringDynamicInner } = parameters;
  return ringRanks(negatives, ringOuter, ringInner, ringDynamicInner);
}

/** How many candidates are before each cut: those inside, and those inside or in the ring. */
export function cutPositions(ring: RingOfCandidates): CutRanks {
  const { inner, outer } = cutRanks(ring);
  return {
    inner: before(sortedRanks(ring, 'inner'), inner, ring.candidates),
    outer: before(sortedRanks(ring, 'outer'), outer, ring.candidates),
  };
}

/** The same by the zones that the engine gave the candidates. */
export function zonePositions({ zone }: Pick<Explanation, 'zone'>): CutRanks {
  let [inside, between] = [0, 0];
  eachZone(zone, (one) => {
    if (one === 0) inside++;
    else if (one === 1) between++;
  });
  return { inner: inside, outer: inside + between };
}

/** How many candidates have another zone than that between the cuts where they lie by similarity. */
export function beyondCuts({ zone }: Pick<Explanation, 'zone'>): number {
  const { inner, outer } = zonePositions({ zone });
  let beyond = 0;
  eachZone(zone, (one, index) => {
    const between = index < outer ? 1 : 2;
    if (one !== (index < inner ? 0 : between)) beyond++;
  });
  return beyond;
}

/**
 * Gives the zone of every candidate. A positive of the loss has none: it lies where the next more
 * similar negative does.
 */
function eachZone(zone: Explanation['zone'], take: (one: number, index: number) => void): void {
  let last = zone.find((one) => !isLossPositive(one)) ?? 0;
  for (let index = 0; index < zone.length; index++) {
    const own = zone[index] ?? 0;
    if (!isLossPositive(own)) last = own;
    take(last, index);
  }
}

/**
 * The knobs that put one cut after so many candidates and leave the other where it is; the ring keeps at
 * least one vector.
 */
export function knobsForCut(ring: RingOfCandidates, cut: RingCut, position: number): RingKnobs {
  const { negatives, parameters } = ring;
  const ranks = cutRanks(ring);
  const rank = rankAt(ring, cut, position);
  // Of few candidates the ring's part may be less than one of them.
  const reached = Math.max(1, ranks.outer);
  const inner = cut === 'inner' ? clamp(rank, 0, reached - 1) : ranks.inner;
  const outer = cut === 'outer' ? clamp(rank, ranks.inner + 1, negatives) : reached;
  const whole = parameters.ringDynamicInner ? outer : negatives;
  return { ringOuter: fractionFor(outer, negatives), ringInner: fractionFor(inner, whole) };
}

/** The rank among the vectors that puts a cut after `position` candidates. */
function rankAt(ring: RingOfCandidates, cut: RingCut, position: number): number {
  const sorted = sortedRanks(ring, cut);
  if (sorted === null) return position;
  if (position <= 0) return 0;
  if (position >= sorted.length) return ring.negatives;
  const [last = 0, next = 0] = [sorted[position - 1], sorted[position]];
  if (last < next) return last + 1;
  // Views of several candidates have this rank, which no cut parts: it goes to the side it is moved to.
  return position < cutPositions(ring)[cut] ? next : last + 1;
}

/** What decides a candidate's side of a cut, least first; null where that is its own index. */
function sortedRanks({ innerRank, outerRank }: RingOfCandidates, cut: RingCut) {
  const ranks = cut === 'inner' ? innerRank : outerRank;
  return ranks ? ranks.slice().sort() : null;
}

/** How many of the candidates are before a rank among the vectors. */
function before(sorted: Uint32Array | null, rank: number, candidates: number): number {
  if (sorted === null) return Math.min(rank, candidates);
  const at = sorted.findIndex((one) => one >= rank);
  return at < 0 ? sorted.length : at;
}

/**
 * A fraction f with floor(f · count) = rank: the middle of all such f, so that rounding cannot
 * reach the rank below.
 */
function fractionFor(rank: number, count: number): number {
  if (rank <= 0) return 0;
  return Math.min(1, (rank + 0.5) / Math.max(1, count));
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
