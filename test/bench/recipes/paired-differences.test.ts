import { describe, expect, it } from 'vitest';
import { mcNemar, pairedDifferences } from './paired-differences.ts';

function score(name: string, seed: number, right: readonly number[]) {
  const votes = right.map((one) => one === 1);
  const knn = votes.filter(Boolean).length / votes.length;
  return { name, seed, knn, right: votes };
}

describe('pairedDifferences', () => {
  it('compares trainings of one seed, and counts the pictures that only one of them gets right', () => {
    const scores = [
      score('simclr', 1, [1, 1, 0, 0, 0]),
      score('simclr', 2, [0, 0, 0, 0, 0]),
      score('hard', 2, [1, 1, 1, 0, 0]),
      score('hard', 1, [1, 0, 1, 1, 0]),
      score('hard', 3, [1, 1, 1, 1, 1]),
    ];
    const differences = pairedDifferences(scores, [{ better: 'hard', base: 'simclr' }]);
    expect(differences.map(({ seed, won, lost }) => ({ seed, won, lost }))).toEqual([
      { seed: 2, won: 3, lost: 0 },
      { seed: 1, won: 2, lost: 1 },
    ]);
    expect(differences.map(({ difference }) => difference)).toEqual([
      expect.closeTo(0.6, 12),
      expect.closeTo(0.2, 12),
    ]);
  });
});

describe('mcNemar', () => {
  it('gives the p of a fair coin', () => {
    // 2 · (1 + 12 + 66) / 2¹²
    expect(mcNemar(10, 2)).toBeCloseTo(158 / 4096, 12);
    expect(mcNemar(2, 10)).toBeCloseTo(158 / 4096, 12);
    expect(mcNemar(1, 0)).toBe(1);
    expect(mcNemar(0, 0)).toBe(1);
  });

  it('gives it of thousands of pictures', () => {
    // Python: 2 * sum(math.comb(3000, k) for k in range(1441)) / 2**3000
    expect(mcNemar(1560, 1440)).toBeCloseTo(0.029791048043260982, 9);
  });
});
