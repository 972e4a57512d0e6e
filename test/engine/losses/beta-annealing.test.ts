import { describe, expect, it } from 'vitest';
import { annealedBeta } from '../../../src-main/engine/losses/beta-annealing.ts';

function levels(beta: number, epochs: number): number[] {
  return Array.from({ length: epochs }, (_, epoch) => annealedBeta(beta, epoch + 1, epochs));
}

describe('the annealing of β', () => {
  it('falls from β to 0 in nine levels, first at the second tick', () => {
    // int(18 / 9) = 2: ticks at epochs 2, 4, …, 18.
    expect(levels(2, 18)).toEqual([
      2, 2, 2, 1.75, 1.75, 1.5, 1.5, 1.25, 1.25, 1, 1, 0.75, 0.75, 0.5, 0.5, 0.25, 0.25, 0,
    ]);
  });

  it('stays at 0 where there are more ticks than levels, and needs no nine epochs', () => {
    expect(levels(1, 11).slice(8)).toEqual([0, 0, 0]);
    expect(levels(1, 3)).toEqual([1, 0.875, 0.75]);
  });
});
