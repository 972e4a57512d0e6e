import { binNames, type BinName } from '../../src-main/contract/bins.ts';
import type { AnchorLedger } from '../../src-main/contract/ledger.ts';
import type { Explanation } from '../../src-main/contract/negatives.ts';
import { Pictures } from '../../src-renderer/state/pictures.ts';
import { seededRandom } from './seeded-random.ts';

/** A candidate of an explanation; what is left out is 0, and its bin easy. */
export interface MadeUpNegative {
  readonly id: number;
  readonly bin?: BinName;
  readonly similarity?: number;
  readonly weight?: number;
  readonly share?: number;
  /** 0 inside the ring's inner cut, 1 in the ring, 2 outside. */
  readonly zone?: number;
  readonly evidence?: number;
  readonly posterior?: number;
}

const floats = (
  negatives: readonly MadeUpNegative[],
  key: 'similarity' | 'weight' | 'share' | 'posterior',
): Float32Array<ArrayBuffer> => Float32Array.from(negatives, (negative) => negative[key] ?? 0);

const anchor = { id: 1, hash: 'a1', path: 'cats/anchor.png', label: 'cat' };

/** The explanation of picture 1, a cat, against these candidates, the most similar first. */
export function madeUpExplanation(
  negatives: readonly MadeUpNegative[],
  change: Partial<Explanation> = {},
): Explanation {
  const binOf = ({ bin = 'easy' }: MadeUpNegative): BinName => bin;
  const countOf = (bin: BinName): number => negatives.filter((one) => binOf(one) === bin).length;
  return {
    anchor,
    parameters: {
      ...{ objective: 'simclr', temperature: 0.5, beta: 0, tauPlus: 0 },
      ...{ ringOuter: 0.5, ringInner: 0.1, ringDynamicInner: false },
    },
    ...{ candidates: negatives.length, embedded: negatives.length + 1, batch: null },
    posteriorBasis: { prior: 0.04, auc: 0.8, isMeasured: true },
    ...{ loss: 1.5, positiveSimilarity: 1, effectiveNegatives: 3, clamped: false },
    binCounts: {
      ...{ hard: countOf('hard'), false: countOf('false') },
      ...{ ring: countOf('ring'), easy: countOf('easy') },
    },
    ids: Uint32Array.from(negatives, ({ id }) => id),
    similarity: floats(negatives, 'similarity'),
    percentile: Float32Array.from(negatives, (_, rank) => 1 - rank / negatives.length),
    weight: floats(negatives, 'weight'),
    share: floats(negatives, 'share'),
    zone: Uint8Array.from(negatives, ({ zone = 0 }) => zone),
    bin: Uint8Array.from(negatives, (one) => binNames.indexOf(binOf(one))),
    evidence: Uint8Array.from(negatives, ({ evidence = 0 }) => evidence),
    posterior: floats(negatives, 'posterior'),
    ...change,
  };
}

/** An explanation of candidates with these similarities, the most similar first; all easy unless told. */
export function ofSimilarities(
  similarities: readonly number[],
  binOf: (rank: number) => BinName = () => 'easy',
): Explanation {
  return madeUpExplanation(
    similarities.map((similarity, rank) => ({ id: rank + 2, similarity, bin: binOf(rank) })),
  );
}

/** So many similarities from 1 to -1, the same ones each time. */
export function manySimilarities(count: number): number[] {
  const random = seededRandom(81);
  return Array.from({ length: count }, () => Math.cos(Math.PI * random())).sort((a, b) => b - a);
}

/** What a training recorded of the same picture in its epoch 3. */
export function madeUpLedger(
  negatives: readonly MadeUpNegative[],
  change: Partial<AnchorLedger> = {},
): AnchorLedger {
  const none = new Float32Array();
  return {
    ...{ anchor, epoch: 3, epochs: [3] },
    totals: { loss: 1, effectiveNegatives: 2, clamped: 0, sameLabelShare: 0 },
    history: { loss: none, effectiveNegatives: none, clamped: none, sameLabelShare: none },
    ids: Uint32Array.from(negatives, ({ id }) => id),
    similarity: floats(negatives, 'similarity'),
    weight: floats(negatives, 'weight'),
    share: floats(negatives, 'share'),
    met: Uint16Array.from(negatives, (_, place) => place + 1),
    zone: Uint8Array.from(negatives, ({ zone = 0 }) => zone),
    ...change,
  };
}

/** A library of pictures `[id, path, label]`, by rising id; the hash of 7 is `a7`. */
export function madeUpPictures(
  ...rows: readonly (readonly [id: number, path: string, label?: string])[]
): Pictures {
  const labels = [...new Set(rows.flatMap(([, , label]) => label ?? []))].sort();
  return new Pictures({
    ids: Uint32Array.from(rows, ([id]) => id),
    hashes: rows.map(([id]) => `a${id}`),
    paths: rows.map(([, path]) => path),
    labelIndex: Int32Array.from(rows, ([, , label]) => labels.indexOf(label ?? '')),
    labels,
    sizes: Uint32Array.from(rows.flatMap(() => [32, 32])),
  });
}
