import { binNames, type BinName } from '../../src-main/contract/bins.ts';
import type { Explanation } from '../../src-main/contract/negatives.ts';
import type { PosteriorBasis } from '../../src-main/contract/suspicion.ts';
import { columnOf, type MadeUpNegative } from './made-up-negative.ts';

/** Calibrated by a thousand known pairs, of which 40 are false. */
export const calibratedBasis: PosteriorBasis = {
  ...{ kind: 'calibrated', why: '', prior: 0.04, auc: 0.8, aucFrom: 'measured' },
  ...{ knownPairs: 1000, samePairs: 40, anchors: 25, suspectFrom: 0.25 },
  brier: { calibrated: 0.03, constant: 0.0384 },
  reliability: [
    { predicted: 0.02, observed: 0.025, pairs: 800 },
    { predicted: 0.12, observed: 0.1, pairs: 200 },
  ],
  signs: {
    suspected: { pairs: 20, precision: 0.5 },
    mutual: { pairs: 50, precision: 0.26 },
    nearest: { pairs: 40, precision: 0.35, quantile: 0.995, threshold: 0.7 },
  },
};

/** An explanation of an anchor (by id and hash) against these candidates, the most similar first. */
export function explanationOf(
  anchor: number,
  negatives: readonly MadeUpNegative[],
  change: Partial<Explanation> = {},
): Explanation {
  const bins = negatives.map(({ bin = 'easy' }) => bin);
  const countOf = (bin: BinName): number => bins.filter((one) => one === bin).length;
  const shareOf = (bin: BinName) => {
    const shares = negatives.filter((_, rank) => bins[rank] === bin).map(({ share = 0 }) => share);
    const sumOf = (part: (share: number) => number): number =>
      shares.reduce((sum, share) => sum + part(share), 0);
    return {
      share: sumOf((share) => share),
      push: sumOf((share) => Math.max(0, share)),
      attraction: sumOf((share) => Math.max(0, -share)),
    };
  };
  return {
    anchor: { id: anchor, hash: `hash${anchor}`, path: `${anchor}.png`, label: null },
    parameters: {
      ...{ objective: 'simclr', temperature: 0.5, beta: 0, tauPlus: 0 },
      ...{ ringOuter: 0.5, ringInner: 0.1, ringDynamicInner: false, hardShare: 0.5 },
    },
    ...{ candidates: negatives.length, negatives: negatives.length },
    ...{ embedded: negatives.length + 1, batch: null, notes: [] },
    ...{ space: 'h', spaces: ['h'], positive: { from: 'itself', spread: null, views: null } },
    posteriorBasis: calibratedBasis,
    similarityPrecision: new Float32Array(0),
    ...{ loss: 1.5, positiveSimilarity: 1, effectiveNegatives: 3, clamped: false },
    binCounts: ofBins(countOf),
    binShares: ofBins(shareOf),
    ids: Uint32Array.from(columnOf(negatives, 'id')),
    similarity: Float32Array.from(columnOf(negatives, 'similarity')),
    percentile: Float32Array.from(negatives, (_, rank) => 1 - rank / negatives.length),
    weight: Float32Array.from(columnOf(negatives, 'weight')),
    share: Float32Array.from(columnOf(negatives, 'share')),
    zone: Uint8Array.from(columnOf(negatives, 'zone')),
    bin: Uint8Array.from(bins, (bin) => binNames.indexOf(bin)),
    evidence: Uint8Array.from(columnOf(negatives, 'evidence')),
    posterior: Float32Array.from(columnOf(negatives, 'posterior')),
    ...change,
  };
}

function ofBins<T>(valueOf: (bin: BinName) => T): Record<BinName, T> {
  return Object.fromEntries(binNames.map((bin) => [bin, valueOf(bin)])) as Record<BinName, T>;
}
