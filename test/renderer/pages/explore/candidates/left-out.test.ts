import { describe, expect, it } from 'vitest';
import {
  notCandidates,
  notInLoss,
} from '../../../../../src-renderer/pages/explore/candidates/left-out.ts';
import { explanationOf } from '../../../explanation-of.ts';

const counts = (found: readonly { count: number }[]) => found.map(({ count }) => count);

describe('what is no candidate', () => {
  const explanation = explanationOf(1, [], { embedded: 900, candidates: 899 });
  const status = { duplicates: 0, skipped: 0 };

  it('is the anchor alone where everything was embedded', () => {
    expect(notCandidates(explanation, 900, status)).toEqual([
      { count: 1, reason: expect.stringContaining('the anchor itself') as string },
    ]);
  });

  it('is what the run has not embedded, and files that are no picture of their own', () => {
    const found = notCandidates(explanation, 1000, { duplicates: 7, skipped: 3 });
    expect(counts(found)).toEqual([1, 100, 7, 3]);
    expect(found[1]?.reason).toContain('not embedded');
    // Pictures that were embedded and have left the library since are none of these.
    expect(counts(notCandidates(explanation, 850, status))).toEqual([1]);
  });

  it('is what was not drawn into a batch', () => {
    const batch = explanationOf(1, [], {
      ...{ embedded: 900, candidates: 63, batch: { size: 64, seed: 1 } },
    });
    const found = notCandidates(batch, 900, status);
    expect(counts(found)).toEqual([1, 836]);
    // Every picture is told of once: those left out and the candidates are all there are.
    expect(found.reduce((sum, { count }) => sum + count, batch.candidates)).toBe(900);
  });
});

describe('what is in a bin but not in the loss', () => {
  it('is told by the cut that it lies outside of', () => {
    const found = notInLoss(
      explanationOf(1, [
        { id: 2, zone: 0, weight: 0 },
        { id: 3, zone: 0, weight: 0 },
        { id: 4, zone: 1, weight: 1 },
        { id: 5, zone: 1, weight: 0 },
        { id: 6, zone: 2, weight: 0 },
        { id: 7, zone: 2, weight: 0.5 },
        { id: 8, zone: 3, weight: 0 },
      ]),
    );
    expect(counts(found)).toEqual([1, 2, 1, 1]);
    expect(found.map(({ reason }) => reason.split(':')[0])).toEqual([
      'positives of this loss, not negatives',
      ...['too hard', 'of no weight in the ring', 'too easy'],
    ]);
  });

  it('is nothing where all have a weight, and everything where the loss is clamped', () => {
    expect(notInLoss(explanationOf(1, [{ id: 2, weight: 0.1 }]))).toEqual([]);
    const clamped = explanationOf(1, [{ id: 2 }, { id: 3, weight: 1 }], { clamped: true });
    expect(notInLoss(clamped)).toEqual([
      { count: 2, reason: expect.stringContaining('clamped') as string },
    ]);
  });
});
