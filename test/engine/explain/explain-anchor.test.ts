import { describe, expect, it } from 'vitest';
import { labelRelations } from '../../../src-main/engine/explain/assign-bins.ts';
import { explainAnchor } from '../../../src-main/engine/explain/explain-anchor.ts';
import type {
  AnchorCandidates,
  AnchorExplanation,
  ExplanationSettings,
} from '../../../src-main/engine/explain/explain-anchor.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const hard: ExplanationSettings = {
  objective: 'hard',
  temperature: 0.5,
  beta: 1,
  tauPlus: 0.1,
  ringOuter: 0.1,
  ringInner: 0.1,
  ringDynamicInner: true,
  hardShare: 0.5,
};
const simclr: ExplanationSettings = { ...hard, objective: 'simclr', beta: 0, tauPlus: 0 };
const ring: ExplanationSettings = { ...simclr, objective: 'ring', ringOuter: 0.5, ringInner: 0.2 };

function candidates(similarities: readonly number[], positiveSimilarity = 0.9): AnchorCandidates {
  return {
    similarities: Float64Array.from(similarities),
    positiveSimilarity,
    labelRelation: new Uint8Array(similarities.length).fill(labelRelations.different),
    mutualKnn: new Uint8Array(similarities.length),
  };
}

function randomCandidates(count: number, seed: number): AnchorCandidates {
  const random = seedRandom(seed);
  const similarities = Array.from({ length: count }, () => random.uniform(-0.4, 0.95));
  return {
    ...candidates(similarities, 0.8),
    labelRelation: Uint8Array.from({ length: count }, () => random.index(3)),
    mutualKnn: Uint8Array.from({ length: count }, () => random.index(2)),
  };
}

function sum(column: ArrayLike<number>): number {
  return Array.from(column).reduce((total, value) => total + value, 0);
}

/** The anchor's loss from what is shown beside each candidate and the settings. */
function lossFromColumns(
  { similarities, positiveSimilarity }: AnchorCandidates,
  { weight }: AnchorExplanation,
  { temperature, tauPlus }: ExplanationSettings,
): number {
  const count = weight.filter((value) => value > 0).length;
  const positive = Math.exp(positiveSimilarity / temperature);
  const mass = sum(weight.map((value, j) => value * Math.exp(similarities[j]! / temperature)));
  const debiased = (mass - tauPlus * count * positive) / (1 - tauPlus);
  const negatives = Math.max(debiased, count * Math.exp(-1 / temperature));
  return Math.log((positive + negatives) / positive);
}

describe('an explained anchor', () => {
  it.each([
    ['simclr', simclr],
    ['hard', hard],
    ['ring', ring],
    ['clamped', { ...hard, tauPlus: 0.85 }],
  ])('%s: the shown columns add up to its loss', (_, settings) => {
    const input = randomCandidates(500, 3);
    const result = explainAnchor(input, settings);
    expect(result.loss).toBeCloseTo(lossFromColumns(input, result, settings), 9);
    expect(sum(result.share)).toBeCloseTo(1, 9);
  });

  it('ranks and places candidates as counting does, equal ones by lower index', () => {
    const similarities = [0.3, 0.7, 0.3, -0.2, 0.7, 0.3, 0, -0];
    const { rank, order, percentile } = explainAnchor(candidates(similarities), simclr);
    const others = similarities.length - 1;
    similarities.forEach((s, j) => {
      const above = similarities.filter((o, k) => o > s || (o === s && k < j)).length;
      const below = similarities.filter((o) => o < s).length;
      const equal = similarities.filter((o, k) => o === s && k !== j).length;
      expect(rank[j]).toBe(above);
      expect(order[above]).toBe(j);
      expect(percentile[j]).toBeCloseTo((below + equal / 2) / others, 12);
    });
  });

  it('has slopes that differences of the loss confirm, attraction of easy negatives included', () => {
    const input = randomCandidates(12, 5);
    const { pushes, pull, share } = explainAnchor(input, hard);
    const step = 1e-6;
    const lossWith = (change: (similarities: Float64Array) => void, positive = 0): number => {
      const similarities = input.similarities.slice();
      change(similarities);
      const positiveSimilarity = input.positiveSimilarity + positive;
      return explainAnchor({ ...input, similarities, positiveSimilarity }, hard).loss;
    };
    const untouched = (): void => undefined;
    pushes.forEach((slope, j) => {
      const up = lossWith((s) => (s[j]! += step));
      const down = lossWith((s) => (s[j]! -= step));
      expect(slope).toBeCloseTo((up - down) / (2 * step), 6);
    });
    const difference = lossWith(untouched, step) - lossWith(untouched, -step);
    expect(pull).toBeCloseTo(difference / (2 * step), 6);
    expect(Math.min(...share)).toBeLessThan(0);
  });

  it('gives a clamped anchor no push at all', () => {
    const { clamped, pushes, pull } = explainAnchor(randomCandidates(40, 2), {
      ...hard,
      tauPlus: 0.85,
    });
    expect(clamped).toBe(true);
    expect(pushes.every((slope) => slope === 0)).toBe(true);
    expect(pull).toBeLessThan(0);
  });

  it('counts the negatives by what pushes them, fewer the colder and the larger beta', () => {
    const input = randomCandidates(200, 4);
    const effectiveOf = (settings: ExplanationSettings): number =>
      explainAnchor(input, settings).effectiveNegatives;
    const masses = input.similarities.map((s) => Math.exp(s / simclr.temperature));
    expect(effectiveOf(simclr)).toBeCloseTo(sum(masses) ** 2 / sum(masses.map((m) => m * m)), 9);
    expect(effectiveOf({ ...simclr, temperature: 100 })).toBeCloseTo(200, 1);
    expect(effectiveOf({ ...simclr, temperature: 0.05 })).toBeLessThan(effectiveOf(simclr));
    expect(effectiveOf({ ...hard, tauPlus: 0 })).toBeLessThan(effectiveOf(simclr));
    expect(effectiveOf({ ...hard, tauPlus: 0, beta: 6 })).toBeLessThan(
      effectiveOf({ ...hard, tauPlus: 0 }),
    );
    expect(effectiveOf({ ...hard, tauPlus: 0.85 })).toBe(0);
  });

  it('overflows nowhere at temperature 0.01 with beta 10', () => {
    const { loss, share, pushes } = explainAnchor(candidates([1, -1, 0.5, 0], -1), {
      ...hard,
      temperature: 0.01,
      beta: 10,
    });
    expect([loss, ...share, ...pushes].every(Number.isFinite)).toBe(true);
  });

  it('leaves out what the selection of the run cuts, whatever its objective has', () => {
    const input = candidates([0.9, 0.7, 0.5, 0.3, 0.1, -0.1, -0.3, -0.5, -0.7, -0.9]);
    const inLoss = (settings: ExplanationSettings): number =>
      explainAnchor(input, settings).pushes.filter((push) => push !== 0).length;
    expect(inLoss(simclr)).toBe(10);
    const cut = { ...ring, objective: 'moco' } as const;
    expect(inLoss(cut)).toBe(10);
    expect(inLoss({ ...cut, selection: 'ring' })).toBe(4);
    expect(inLoss({ ...cut, selection: 'ball' })).toBe(5);
    expect(inLoss({ ...ring, objective: 'moco-ring' })).toBe(4);
  });

  it('refuses no candidates, an empty ring, and similarities that are not numbers', () => {
    expect(() => explainAnchor(candidates([]), simclr)).toThrow(/at least one other picture/);
    expect(() => explainAnchor(candidates([0.1, 0.2]), { ...ring, ringOuter: 0.1 })).toThrow(
      /The ring has no negative in it: of 2 negatives/,
    );
    expect(() => explainAnchor(candidates([0.1, NaN]), simclr)).toThrow(/not a number/);
  });
});
