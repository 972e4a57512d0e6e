import type { Explanation } from '../../../src-main/contract/negatives.ts';

type Columns = 'ids' | 'bin' | 'share';

/** An explanation of an anchor (by id and hash) with some negatives, as the engine gives it. */
export function explanationOf(
  anchor: number,
  negatives: readonly { readonly id: number; readonly bin: number; readonly share?: number }[],
  change: Partial<Omit<Explanation, Columns>> = {},
): Explanation {
  const zeros = new Float32Array(negatives.length);
  return {
    anchor: { id: anchor, hash: `hash${anchor}`, path: `${anchor}.png`, label: null },
    parameters: {
      ...{ objective: 'simclr', temperature: 0.5, beta: 0, tauPlus: 0 },
      ...{ ringOuter: 0.5, ringInner: 0.1, ringDynamicInner: true },
    },
    ...{ candidates: negatives.length, embedded: negatives.length + 1, batch: null },
    posteriorBasis: { prior: 0.1, auc: 0.5, isMeasured: false },
    ...{ loss: 1, positiveSimilarity: 1, effectiveNegatives: negatives.length, clamped: false },
    binCounts: { hard: 0, false: 0, ring: 0, easy: 0 },
    ids: Uint32Array.from(negatives, ({ id }) => id),
    bin: Uint8Array.from(negatives, ({ bin }) => bin),
    share: Float32Array.from(negatives, ({ share = 0 }) => share),
    ...{ similarity: zeros, percentile: zeros, weight: zeros, posterior: zeros },
    zone: new Uint8Array(negatives.length),
    evidence: new Uint8Array(negatives.length),
    ...change,
  };
}
