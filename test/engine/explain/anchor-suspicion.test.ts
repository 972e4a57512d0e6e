import { describe, expect, it } from 'vitest';
import { suspicionOf } from '../../../src-main/engine/explain/anchor-suspicion.ts';
import type { Calibration } from '../../../src-main/engine/explain/suspicion/calibration.ts';
import { uncounted } from '../../../src-main/engine/explain/suspicion/uncounted.ts';

/** Four candidates of a batch, at ranks 0, 2, 5 and 9 of all pictures; the last two are mutual. */
const candidates = {
  rows: Uint32Array.of(4, 3, 2, 1),
  similarities: Float64Array.of(0.9, 0.5, 0.1, -0.2),
  labelRelation: new Uint8Array(4),
  mutualKnn: Uint8Array.of(0, 0, 1, 1),
  ranking: { order: Uint32Array.of(0, 1, 2, 3), rank: Uint32Array.of(0, 1, 2, 3) },
  percentile: Float64Array.of(1, 2 / 3, 1 / 3, 0),
  anchor: 7,
  libraryRank: Uint32Array.of(0, 2, 5, 9),
};
const calibration: Calibration = {
  ...uncounted,
  why: '',
  measured: { prior: 0.2, auc: 0.75 },
  posteriorByRank: (row) => Float64Array.from({ length: 10 }, (_, rank) => (row - rank / 2) / 10),
};

describe('what an anchor’s candidates are suspected of', () => {
  it('goes by their ranks among all pictures where it is calibrated, mutual or not', () => {
    const { posterior, suspected, basis } = suspicionOf(candidates, { calibration, tauPlus: 0 });
    expect([...posterior]).toEqual([0.7, 0.6, 0.45, 0.25]);
    expect([...suspected]).toEqual([1, 1, 1, 0]);
    expect(basis).toMatchObject({ kind: 'calibrated', prior: 0.2, aucFrom: 'measured' });
    const strict = suspicionOf(candidates, { calibration, tauPlus: 0, suspectFrom: 0.6 });
    expect([...strict.suspected]).toEqual([1, 1, 0, 0]);
  });

  it('is a formula with an assumed prior where it is not, and then of mutual neighbours alone', () => {
    const { posterior, suspected, basis } = suspicionOf(candidates, {
      calibration: { ...uncounted, why: 'Nobody knows.' },
      tauPlus: 0.2,
    });
    expect(basis).toMatchObject({
      ...{ kind: 'order statistics', why: 'Nobody knows.', aucFrom: 'assumed' },
      ...{ prior: 0.2, auc: 0.8, suspectFrom: 0.4 },
    });
    // The most similar has the densities of Φ = 1: 0.2 · 0.8 / (0.2 · 0.8 + 0.8 · 0.2) = 1/2.
    expect(posterior[0]).toBeCloseTo(0.5, 12);
    expect([...suspected]).toEqual([0, 0, 0, 0]);
    const all = suspicionOf(candidates, { tauPlus: 0, suspectFrom: 0 });
    expect([...all.suspected]).toEqual([0, 0, 1, 1]);
    expect(all.basis.prior).toBe(0.1);
  });

  it('is nothing while the pairs are counted, and no number stands for a probability', () => {
    const { posterior, suspected, basis } = suspicionOf(candidates, {
      ...{ calibration: 'pending', tauPlus: 0.2, posteriorAuc: 0.9, suspectFrom: 0 },
    });
    expect([...posterior]).toEqual([NaN, NaN, NaN, NaN]);
    expect([...suspected]).toEqual([0, 0, 0, 0]);
    expect(basis).toMatchObject({
      kind: 'pending',
      suspectFrom: 0,
      knownPairs: 0,
      reliability: [],
    });
  });

  it('is the formula with an AUC that is given, whatever is known', () => {
    const { basis } = suspicionOf(candidates, { calibration, tauPlus: 0.1, posteriorAuc: 0.9 });
    expect(basis).toMatchObject({ kind: 'order statistics', auc: 0.9, aucFrom: 'given' });
  });
});
