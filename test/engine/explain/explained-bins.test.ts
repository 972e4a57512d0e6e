import { describe, expect, it } from 'vitest';
import { binNames } from '../../../src-main/contract/bins.ts';
import type { BinName } from '../../../src-main/contract/bins.ts';
import { evidenceBits } from '../../../src-main/contract/negatives.ts';
import { labelRelations } from '../../../src-main/engine/explain/assign-bins.ts';
import { explainAnchor } from '../../../src-main/engine/explain/explain-anchor.ts';
import type {
  AnchorCandidates,
  ExplanationSettings,
} from '../../../src-main/engine/explain/explain-anchor.ts';
import { binTotals } from '../../../src-main/engine/explain/bin-totals.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const simclr: ExplanationSettings = {
  objective: 'simclr',
  ...{ temperature: 0.5, beta: 0, tauPlus: 0 },
  ...{ ringOuter: 0.1, ringInner: 0.1, ringDynamicInner: true },
  hardShare: 0.5,
};

function candidates(similarities: readonly number[]): AnchorCandidates {
  return {
    similarities: Float64Array.from(similarities),
    positiveSimilarity: 0.9,
    labelRelation: new Uint8Array(similarities.length).fill(labelRelations.different),
    mutualKnn: new Uint8Array(similarities.length),
  };
}

/** Similarities as of an encoder: most are far, few near. */
function manyCandidates(count: number, seed: number): AnchorCandidates {
  const random = seedRandom(seed);
  return candidates(Array.from({ length: count }, () => 0.1 + 0.25 * random.normal()));
}

function binsOf(input: AnchorCandidates, settings: ExplanationSettings): BinName[] {
  return Array.from(explainAnchor(input, settings).bin, (index) => binNames[index]!);
}

/** The bins by rank of an objective without a ring and without labels, from the formulas alone. */
function binsByFormula(input: AnchorCandidates, settings: ExplanationSettings) {
  const { temperature: t, beta, hardShare } = settings;
  const sorted = [...input.similarities].sort((a, b) => b - a);
  const weight = sorted.map((s) => Math.exp((beta * (s - sorted[0]!)) / t));
  const mass = sorted.map((s) => Math.exp(((beta + 1) * (s - sorted[0]!)) / t));
  const [weights, masses] = [weight, mass].map((column) => column.reduce((a, b) => a + b, 0));
  const share = sorted.map(
    (_, rank) => ((beta + 1) * mass[rank]!) / masses! - (beta * weight[rank]!) / weights!,
  );
  const pushed = share.reduce((total, value) => total + Math.max(0, value), 0);
  let taken = 0;
  let hard = 0;
  while (taken < hardShare * pushed - 1e-9) taken += share[hard++]!;
  return { hard, heldBefore: (taken - share[hard - 1]!) / pushed, held: taken / pushed };
}

describe('the bins of an objective without a ring', () => {
  const input = manyCandidates(1117, 7);
  const temperatures = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5];
  const betas = [0, 0.5, 1, 2, 4, 6];
  const priors = [0, 0.1, 0.2, 0.3];

  it('follow the loss: hard takes its share of the push by every setting, and no more', () => {
    const assignments = new Set<string>();
    for (const temperature of temperatures) {
      for (const beta of betas) {
        for (const tauPlus of priors) {
          const settings = { ...simclr, objective: 'hard', temperature, beta, tauPlus } as const;
          const bins = binsOf(input, settings);
          const expected = binsByFormula(input, settings);
          const hard = bins.filter((bin) => bin === 'hard').length;
          expect(hard, `t ${temperature}, beta ${beta}`).toBe(expected.hard);
          expect(expected.held).toBeGreaterThanOrEqual(settings.hardShare - 1e-9);
          expect(expected.heldBefore).toBeLessThan(settings.hardShare);
          assignments.add(bins.join());
        }
      }
    }
    expect(assignments.size).toBeGreaterThan(10);
  });

  it('change with the temperature and with beta, and not with what scales every push', () => {
    const hardOf = (change: Partial<ExplanationSettings>): string =>
      binsOf(input, { ...simclr, objective: 'hard', ...change }).join();
    const differ = (changes: readonly Partial<ExplanationSettings>[]): number =>
      new Set(changes.map(hardOf)).size;
    expect(differ(temperatures.slice(1).map((temperature) => ({ temperature })))).toBe(5);
    expect(differ(betas.slice(0, -1).map((beta) => ({ beta })))).toBe(5);
    expect(differ(priors.map((tauPlus) => ({ beta: 1, tauPlus })))).toBe(1);
  });

  it('have more hard ones the larger the share, most similar first, and ring and easy behind', () => {
    let before = 0;
    for (const hardShare of [0, 0.05, 0.3, 0.5, 0.8, 1]) {
      const { bin, order } = explainAnchor(input, { ...simclr, hardShare });
      const byRank = Array.from(order, (candidate) => binNames[bin[candidate]!]!);
      const hard = byRank.lastIndexOf('hard') + 1;
      expect(hard).toBeGreaterThanOrEqual(before);
      before = hard;
      // The ring of 1,117: int(0.1 · 1117) = 111, int(0.1 · 111) = 11.
      const inRing = (rank: number): boolean => rank >= 11 && rank < 111;
      byRank.forEach((name, rank) => {
        const other = inRing(rank) ? 'ring' : 'easy';
        expect(name, `rank ${rank}`).toBe(rank < hard ? 'hard' : other);
      });
    }
    expect(before).toBe(1117);
  });
});

describe('the bins of a ring objective', () => {
  const ring: ExplanationSettings = {
    ...simclr,
    ...{ objective: 'ring', temperature: 0.1, ringOuter: 0.3, ringInner: 0.1 },
  };

  it('are ring for what it keeps, and hard for what it leaves out of the push', () => {
    const input = manyCandidates(500, 8);
    const { bin, order, share } = explainAnchor(input, ring);
    const whole = binsByFormula(input, ring);
    // int(0.3 · 500) = 150, int(0.1 · 150) = 15.
    Array.from(order, (candidate, rank) => {
      const isKept = rank >= 15 && rank < 150;
      const expected = isKept ? 'ring' : rank < whole.hard ? 'hard' : 'easy';
      expect(binNames[bin[candidate]!], `rank ${rank}`).toBe(expected);
      expect(share[candidate]! > 0).toBe(isKept);
    });
    expect(whole.hard).toBeGreaterThan(0);
  });
});

describe('what is known and suspected', () => {
  it('goes before the loss, and takes nothing away from what the others hold', () => {
    const input = manyCandidates(300, 9);
    const before = binsOf(input, simclr);
    const { order } = explainAnchor(input, simclr);
    const [first, second, third, far] = [order[0]!, order[1]!, order[2]!, order[290]!];
    input.labelRelation[first] = labelRelations.same;
    input.labelRelation[far] = labelRelations.same;
    input.labelRelation.set([labelRelations.unknown], second);
    input.mutualKnn.set([1], second);
    // Suspected, but the labels are known to differ.
    input.mutualKnn.set([1], third);
    const after = binsOf(input, simclr);
    expect([first, second, third, far].map((candidate) => after[candidate])).toEqual([
      'false',
      'suspected',
      'hard',
      'false',
    ]);
    const others = before
      .map((_, candidate) => candidate)
      .filter((candidate) => ![first, second, far].includes(candidate));
    expect(others.map((candidate) => after[candidate])).toEqual(
      others.map((candidate) => before[candidate]),
    );
    expect(explainAnchor(input, simclr).evidence[third]).toBe(evidenceBits.mutualKnn);
  });

  it('is a verdict before a label', () => {
    const input = candidates([0.9, 0.5, 0.1]);
    input.labelRelation.set([labelRelations.unknown, labelRelations.different]);
    input.mutualKnn.fill(1);
    const judged = {
      ...input,
      judgedSame: Uint8Array.of(0, 1, 0),
      judgedDifferent: Uint8Array.of(1, 0, 0),
    };
    expect(binsOf(input, simclr)[0]).toBe('suspected');
    expect(binsOf(judged, simclr).slice(0, 2)).toEqual(['hard', 'false']);
  });
});

describe('the totals of the bins', () => {
  it.each([1, 2, 10, 97, 1284])('partition %d candidates and their shares', (count) => {
    const input = manyCandidates(count, count);
    const random = seedRandom(count);
    input.labelRelation.set(Array.from({ length: count }, () => random.index(3)));
    input.mutualKnn.set(Array.from({ length: count }, () => random.index(2)));
    const settings = { ...simclr, objective: 'hard', beta: 2 } as const;
    const explained = explainAnchor(input, settings);
    const { binCounts, binShares } = binTotals(explained);
    const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);
    expect(sumOf(Object.values(binCounts))).toBe(count);
    expect(sumOf(binNames.map((name) => binShares[name].share))).toBeCloseTo(1, 9);
    for (const [index, name] of binNames.entries()) {
      const shares = [...explained.share].filter((_, at) => explained.bin[at] === index);
      const [pushed, pulled] = [shares.filter((s) => s > 0), shares.filter((s) => s < 0)];
      expect(binCounts[name]).toBe(shares.length);
      expect(binShares[name].push).toBeCloseTo(sumOf(pushed), 9);
      expect(binShares[name].attraction).toBeCloseTo(-sumOf(pulled), 9);
      expect(binShares[name].share).toBeCloseTo(sumOf(shares), 9);
    }
  });
});
