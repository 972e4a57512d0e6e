import { describe, expect, it } from 'vitest';
import { movesOfBin } from '../../../../../src-renderer/pages/compare/anchor/bin-moves.ts';
import { explanationOf } from '../../../explanation-of.ts';
import type { MadeUpNegative } from '../../../made-up-negative.ts';

const explain = (...negatives: readonly MadeUpNegative[]) => explanationOf(1, negatives);

describe('the negatives of a bin in two runs', () => {
  const first = explain(
    { id: 10, bin: 'hard', similarity: 0.75 },
    { id: 11, bin: 'hard', similarity: 0.5 },
    { id: 12, bin: 'easy', similarity: 0.25 },
    { id: 13, bin: 'hard', similarity: 0.125 },
  );
  const second = explain(
    { id: 12, bin: 'hard', similarity: 0.875 },
    { id: 13, bin: 'hard', similarity: 0.5 },
    { id: 20, bin: 'hard', similarity: 0.25 },
    { id: 10, bin: 'ring', similarity: 0.125 },
  );
  const moves = movesOfBin('hard', [first, second]);

  it('stay, enter or leave, each once', () => {
    const ids = (part: 'entered' | 'left' | 'stayed') => moves[part].map(({ id }) => id);
    expect([ids('stayed'), ids('entered'), ids('left')]).toEqual([[13], [12, 20], [10, 11]]);
  });

  it('come with where they stand in both, also in another bin', () => {
    expect(moves.stayed[0]).toEqual({
      id: 13,
      before: { bin: 'hard', rank: 4, similarity: 0.125 },
      after: { bin: 'hard', rank: 2, similarity: 0.5 },
    });
    expect(moves.entered[0]?.before).toEqual({ bin: 'easy', rank: 3, similarity: 0.25 });
    expect(moves.left[0]?.after).toEqual({ bin: 'ring', rank: 4, similarity: 0.125 });
  });

  it('have no standing where they were no candidate', () => {
    expect(moves.entered[1]).toMatchObject({ id: 20, before: null });
    expect(moves.left[1]).toMatchObject({ id: 11, after: null });
  });

  it('are in the order of their best rank in either run', () => {
    const [one, other] = [
      explain({ id: 1, bin: 'ring' }, { id: 2, bin: 'ring' }, { id: 3, bin: 'ring' }),
      explain({ id: 3, bin: 'ring' }, { id: 9 }, { id: 2, bin: 'ring' }, { id: 1, bin: 'ring' }),
    ];
    const { stayed } = movesOfBin('ring', [one, other]);
    expect(
      stayed
        .map(({ id }) => id)
        .slice(0, 2)
        .sort(),
    ).toEqual([1, 3]);
    expect(stayed[2]?.id).toBe(2);
  });

  it('are none in an empty bin', () => {
    expect(movesOfBin('false', [first, second])).toEqual({ entered: [], left: [], stayed: [] });
    const all = movesOfBin('hard', [explain(), second]);
    expect([all.entered.length, all.left.length, all.stayed.length]).toEqual([3, 0, 0]);
  });
});
