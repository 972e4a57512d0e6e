import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import { ringRanks } from '../../../../src-main/contract/objectives/ring-ranks.ts';

export type RingCut = 'inner' | 'outer';
type RingKnobs = Pick<Explanation['parameters'], 'ringOuter' | 'ringInner'>;

/** How many candidates there are, and the ring's settings. */
export interface RingOfCandidates {
  readonly candidates: number;
  readonly parameters: Pick<
    Explanation['parameters'],
    'ringOuter' | 'ringInner' | 'ringDynamicInner'
  >;
}

/** The ranks between which the ring of an explanation lies. */
export function cutRanks({ parameters, candidates }: RingOfCandidates): Record<RingCut, number> {
  const { ringOuter, ringInner, ringDynamicInner } = parameters;
  return ringRanks(candidates, ringOuter, ringInner, ringDynamicInner);
}

/**
 * The knobs that put one cut at a rank and leave the other where it is; the ring keeps at least
 * one candidate.
 */
export function knobsForCut(ring: RingOfCandidates, cut: RingCut, rank: number): RingKnobs {
  const { candidates, parameters } = ring;
  const before = cutRanks(ring);
  // Of few candidates the ring's part may be less than one of them.
  const reached = Math.max(1, before.outer);
  const inner = cut === 'inner' ? clamp(rank, 0, reached - 1) : before.inner;
  const outer = cut === 'outer' ? clamp(rank, before.inner + 1, candidates) : reached;
  const whole = parameters.ringDynamicInner ? outer : candidates;
  return { ringOuter: fractionFor(outer, candidates), ringInner: fractionFor(inner, whole) };
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
