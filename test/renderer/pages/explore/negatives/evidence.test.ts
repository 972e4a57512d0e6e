import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../../../src-main/contract/negatives.ts';
import {
  evidenceAt,
  evidenceWords,
  idsWithEvidence,
  marginCuts,
  type Evidence,
} from '../../../../../src-renderer/pages/explore/negatives/evidence.ts';
import { calibratedBasis, explanationOf } from '../../../explanation-of.ts';
import type { MadeUpNegative } from '../../../made-up-negative.ts';

const margins = { absolute: 0.1, relative: 0.05 };
const sameLabel = 1;
const mutualNeighbours = 2;
const cat = { id: 1, hash: 'hash1', path: '1.png', label: 'cat' };

/** What is known of one candidate; the rest of the explanation is what it is unless changed. */
function evidenceOf(
  negative: Omit<MadeUpNegative, 'id'>,
  label: string | null = 'cat',
  change: Partial<Explanation> = {},
): Evidence[] {
  const explanation = explanationOf(1, [{ id: 2, ...negative }], { anchor: cat, ...change });
  return evidenceAt(explanation, 0, label, margins);
}

const about = (part: string, evidence: readonly Evidence[]): Evidence =>
  evidence.find(({ sentence }) => sentence.includes(part))!;

it('finds the candidates that have a sign', () => {
  const explanation = explanationOf(1, [
    { id: 2, evidence: sameLabel },
    { id: 3, evidence: sameLabel + mutualNeighbours },
    { id: 4 },
  ]);
  expect(idsWithEvidence(explanation, 'sameLabel')).toEqual([2, 3]);
  expect(idsWithEvidence(explanation, 'mutualKnn')).toEqual([3]);
  expect(idsWithEvidence(explanation, 'verdict')).toEqual([]);
});

describe('the evidence that a negative is a false one', () => {
  it('begins with the fact, then suspicions', () => {
    expect(evidenceOf({}).map(({ kind }) => kind)).toEqual([
      ...['fact', 'suspicion', 'suspicion', 'suspicion', 'suspicion', 'suspicion'],
    ]);
  });

  it('holds whether the labels are the same, and says nothing where one is missing', () => {
    expect(evidenceOf({})[0]).toEqual({ kind: 'fact', sentence: 'same label', isFalse: true });
    expect(evidenceOf({}, 'dog')[0]).toMatchObject({
      sentence: 'another label: dog',
      isFalse: false,
    });
    expect(evidenceOf({}, null)[0]).toMatchObject({
      sentence: 'no label to compare',
      isFalse: null,
    });
    const anchor = { id: 1, hash: 'a', path: 'a.png', label: null };
    expect(evidenceOf({}, 'cat', { anchor })[0]).toMatchObject({ isFalse: null });
  });

  it('holds that one of several labels is shared', () => {
    expect(evidenceOf({ evidence: sameLabel }, 'cat|dog')[0]).toEqual({
      ...{ kind: 'fact', sentence: 'a label in common: cat|dog', isFalse: true },
    });
    expect(evidenceOf({}, 'bird|dog')[0]).toMatchObject({ isFalse: false });
  });

  it('suspects one of each other’s nearest', () => {
    const mutual = (evidence: number) => about('each other’s 15 nearest', evidenceOf({ evidence }));
    expect([mutual(mutualNeighbours).isFalse, mutual(0).isFalse]).toEqual([true, false]);
  });

  it('suspects what comes within the margins of the positive', () => {
    const change = { positiveSimilarity: 0.8 };
    const at = (similarity: number) => {
      const found = evidenceOf({ similarity }, 'cat', change);
      return [about('s⁺ − 0.10', found), about('(1 − 0.05)', found)];
    };
    const exact = (similarity: number) =>
      evidenceAt(
        explanationOf(1, [{ id: 2, similarity }], { positiveSimilarity: 0.5 }),
        ...([0, 'cat', { absolute: 0.25, relative: 0.5 }] as const),
      ).filter(({ sentence }) => sentence.startsWith('s ≥'));
    expect(exact(0.25).map(({ isFalse }) => isFalse)).toEqual([true, true]);
    // From 0.8 − 0.1 = 0.7, and from 0.8 × 0.95 = 0.76.
    expect(at(0.69).map(({ isFalse }) => isFalse)).toEqual([false, false]);
    expect(at(0.71).map(({ isFalse }) => isFalse)).toEqual([true, false]);
    expect(at(0.77).map(({ isFalse }) => isFalse)).toEqual([true, true]);
    expect(at(0.5).map(({ sentence }) => sentence.split(' = ')[1])).toEqual(['.700', '.760']);
  });

  it('suspects as FNC does the ten most similar that reach a quantile of all pairs', () => {
    const negatives = Array.from({ length: 12 }, (_, at) => ({
      ...{ id: at + 2, similarity: at === 3 ? 0.69 : 0.71 },
    }));
    const explanation = explanationOf(1, negatives);
    const isFalse = (rank: number) =>
      about('(FNC)', evidenceAt(explanation, rank, 'cat', margins)).isFalse;
    expect([0, 3, 9, 10].map(isFalse)).toEqual([true, false, true, false]);
    expect(about('(FNC)', evidenceAt(explanation, 0, 'cat', margins)).sentence).toBe(
      'among the 10 most similar and from .700, which 0.5\u00a0% of all pairs reach (FNC); 35\u00a0% of such pairs are false here',
    );
    const { signs } = calibratedBasis;
    const unmeasured = { ...signs, nearest: { ...signs.nearest, threshold: null } };
    const change = { posteriorBasis: { ...calibratedBasis, signs: unmeasured } };
    expect(about('(FNC)', evidenceOf({ similarity: 1 }, 'cat', change)).isFalse).toBeNull();
  });

  it('says how precise each sign was on known pairs', () => {
    const similarityPrecision = new Float32Array(401).fill(0.25, 0, 381).fill(0.75, 381);
    const change = { similarityPrecision };
    const found = evidenceOf({ evidence: mutualNeighbours, similarity: 1 }, 'cat', change);
    expect(about('each other’s 15 nearest', found).sentence).toBe(
      'among each other’s 15 nearest; 26\u00a0% of such pairs are false here',
    );
    // From 0.9, step 380 of 400 from -1 to 1; from 0.95, step 390.
    expect(about('s⁺ − 0.10', found).sentence).toContain('25\u00a0% of such pairs');
    expect(about('(1 − 0.05)', found).sentence).toContain('75\u00a0% of such pairs');
  });

  it('says it only of a sign that holds', () => {
    const similarityPrecision = new Float32Array(401).fill(0.25);
    const found = evidenceOf({ evidence: 0, similarity: 0.1 }, 'cat', { similarityPrecision });
    expect(found.filter(({ isFalse }) => isFalse === false).length).toBe(5);
    expect(found.map(({ sentence }) => sentence).join()).not.toContain('of such pairs');
  });

  it('says in a few words that it is suspected only where nothing is known', () => {
    const suspected = 16;
    expect(evidenceWords(suspected, 'suspected')).toEqual(['suspected by its rank (suspicion)']);
    // Of another label: known to be a true negative.
    expect(evidenceWords(suspected, 'hard')).toEqual([
      'would be suspected by its rank alone (suspicion)',
    ]);
    expect(evidenceWords(suspected | sameLabel, 'false')).toEqual([
      'same label (fact)',
      'would be suspected by its rank alone (suspicion)',
    ]);
  });

  it('suspects by rank from a posterior on, and says what it rests on', () => {
    const posterior = (probability: number, posteriorBasis = calibratedBasis) =>
      about('P(false | rank)', evidenceOf({ posterior: probability }, 'cat', { posteriorBasis }));
    expect([posterior(0.24).isFalse, posterior(0.25).isFalse]).toEqual([false, true]);
    expect(posterior(0.25).sentence).toBe(
      'P(false | rank) = 25.0\u00a0%, calibrated by 1,000 known pairs',
    );
    const assumed = { kind: 'order statistics', prior: 0.1, auc: 0.8, aucFrom: 'assumed' } as const;
    expect(posterior(0.25, { ...calibratedBasis, ...assumed }).sentence).toBe(
      'P(false | rank) = 25.0\u00a0%, uncalibrated: prior 10\u00a0% assumed, AUC 0.80 assumed',
    );
    const pending = posterior(NaN, { ...calibratedBasis, kind: 'pending' });
    expect(pending).toMatchObject({
      sentence: 'P(false | rank) is being calibrated',
      isFalse: null,
    });
  });
});

it('cuts at a distance below the positive, and at a part of it', () => {
  const cuts = marginCuts({ positiveSimilarity: 0.5 }, { absolute: 0.25, relative: 0.5 });
  expect(cuts).toEqual({ absolute: 0.25, relative: 0.25 });
  expect(marginCuts({ positiveSimilarity: 1 }, { absolute: 0, relative: 0 })).toEqual({
    ...{ absolute: 1, relative: 1 },
  });
});
