import { describe, expect, it } from 'vitest';
import { explanationKnobs } from '../../../../../src-main/contract/negatives.ts';
import {
  beyondCuts,
  cutPositions,
  cutRanks,
  knobsForCut,
  zonePositions,
  type RingOfCandidates,
} from '../../../../../src-renderer/pages/explore/histogram/ring-cuts.ts';

const ring = (
  candidates: number,
  ringOuter: number,
  ringInner: number,
  ringDynamicInner: boolean,
): RingOfCandidates => ({
  candidates,
  negatives: candidates,
  parameters: { ringOuter, ringInner, ringDynamicInner },
});

/** The ring after one of its cuts was put at a rank. */
function moved(before: RingOfCandidates, cut: 'inner' | 'outer', rank: number): RingOfCandidates {
  const { parameters } = before;
  return { ...before, parameters: { ...parameters, ...knobsForCut(before, cut, rank) } };
}

describe("the ring's cuts", () => {
  it('lie at parts of all candidates, the inner one of the outer where it is dynamic', () => {
    expect(cutRanks(ring(1000, 0.5, 0.1, false))).toEqual({ inner: 100, outer: 500 });
    expect(cutRanks(ring(1000, 0.5, 0.1, true))).toEqual({ inner: 50, outer: 500 });
    expect(cutRanks(ring(0, 0.5, 0.1, true))).toEqual({ inner: 0, outer: 0 });
  });

  it.each([true, false])(
    'can be put at any rank, the other where it was (dynamic: %s)',
    (isDynamic) => {
      for (const candidates of [1, 2, 3, 7, 50, 1117, 49_999]) {
        const before = ring(candidates, 0.6, 0.1, isDynamic);
        const { inner, outer } = cutRanks(before);
        if (outer <= inner) continue;
        const steps = Math.max(1, Math.floor(candidates / 40));
        for (let rank = 0; rank <= candidates; rank += steps) {
          if (rank > inner) {
            expect(cutRanks(moved(before, 'outer', rank))).toEqual({ inner, outer: rank });
          }
          if (rank < outer) {
            expect(cutRanks(moved(before, 'inner', rank))).toEqual({ inner: rank, outer });
          }
        }
      }
    },
  );

  it('never cross: the ring keeps at least one candidate', () => {
    const before = ring(100, 0.5, 0.2, false);
    expect(cutRanks(moved(before, 'inner', 80))).toEqual({ inner: 49, outer: 50 });
    expect(cutRanks(moved(before, 'outer', 5))).toEqual({ inner: 20, outer: 21 });
    expect(cutRanks(moved(before, 'outer', 5000))).toEqual({ inner: 20, outer: 100 });
    expect(cutRanks(moved(before, 'inner', -5))).toEqual({ inner: 0, outer: 50 });
  });

  it.each([true, false])(
    'can be dragged out of nothing among few candidates (dynamic: %s)',
    (isDynamic) => {
      for (let candidates = 1; candidates < 12; candidates++) {
        // A tenth of fewer than ten is no candidate at all.
        const before = ring(candidates, 0.1, 0.1, isDynamic);
        for (const cut of ['inner', 'outer'] as const) {
          for (let rank = 0; rank <= candidates; rank++) {
            const knobs = knobsForCut(before, cut, rank);
            expect(explanationKnobs.safeParse(knobs).success).toBe(true);
            const { inner, outer } = cutRanks(moved(before, cut, rank));
            expect(outer).toBeGreaterThan(inner);
          }
        }
      }
    },
  );

  it('are set by fractions of 1', () => {
    expect(knobsForCut(ring(10, 0.5, 0, false), 'outer', 10)).toEqual({
      ringOuter: 1,
      ringInner: 0,
    });
    const { ringOuter } = knobsForCut(ring(1, 1, 0, true), 'outer', 1);
    expect(ringOuter).toBe(1);
  });
});

describe('where a candidate is several views', () => {
  /** The ranks of 2 views against those of 5 pictures: what decides each, by rank of the picture. */
  const views = (ringInner: number, ringOuter: number): RingOfCandidates => ({
    ...ring(5, ringOuter, ringInner, false),
    negatives: 10,
    innerRank: Uint32Array.of(0, 2, 1, 7, 6),
    outerRank: Uint32Array.of(0, 2, 1, 7, 6),
  });

  it('cuts are ranks among the views, and part the pictures by what decides their zones', () => {
    const before = views(0.2, 0.7);
    expect(cutRanks(before)).toEqual({ inner: 2, outer: 7 });
    // Ranks 0 and 1 are less than 2; 6 is less than 7, too.
    expect(cutPositions(before)).toEqual({ inner: 2, outer: 4 });
    const zone = Uint8Array.of(0, 1, 0, 2, 1);
    expect(zonePositions({ zone })).toEqual({ inner: 2, outer: 4 });
    // All but the first lie where the zones 0, 1, 1 and 2 are.
    expect(beyondCuts({ zone })).toBe(4);
    expect(beyondCuts({ zone: Uint8Array.of(0, 0, 1, 2) })).toBe(0);
  });

  it('leave a positive of the loss on the side of the negative before it', () => {
    const zone = Uint8Array.of(3, 0, 3, 1, 3, 1, 2, 3);
    expect(zonePositions({ zone })).toEqual({ inner: 3, outer: 6 });
    expect(beyondCuts({ zone })).toBe(0);
  });

  it('can be put after any number of pictures', () => {
    for (let position = 0; position <= 3; position++) {
      const after = moved(views(0.1, 0.8), 'inner', position);
      expect(cutPositions(after)).toEqual({ inner: position, outer: 5 });
    }
    for (let position = 1; position <= 5; position++) {
      const after = moved(views(0, 0.2), 'outer', position);
      expect(cutPositions(after)).toEqual({ inner: 0, outer: position });
    }
  });

  it('pass pictures of one rank together, to the side that they are moved to', () => {
    const same = { innerRank: Uint32Array.of(1, 3, 3, 5), outerRank: Uint32Array.of(1, 3, 3, 5) };
    const of = (ringOuter: number): RingOfCandidates => ({
      ...{ ...ring(4, ringOuter, 0, false), negatives: 8 },
      ...same,
    });
    expect(cutPositions(moved(of(0.25), 'outer', 2)).outer).toBe(3);
    expect(cutPositions(moved(of(0.5), 'outer', 2)).outer).toBe(1);
  });
});
