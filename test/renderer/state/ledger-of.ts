import type { AnchorLedger } from '../../../src-main/contract/ledger.ts';

/** What a training wrote down of an anchor in one of its epochs, with some negatives. */
export function ledgerOf(
  epoch: number,
  epochs: readonly number[],
  negatives: readonly { readonly id: number; readonly zone: number; readonly share: number }[] = [],
  label: string | null = null,
): AnchorLedger {
  const ones = new Float32Array(epochs.length).fill(1);
  return {
    anchor: { id: 1, hash: 'hash1', path: '1.png', label },
    ...{ epoch, epochs: [...epochs] },
    totals: { loss: 1, effectiveNegatives: 1, clamped: 0, sameLabelShare: 0 },
    history: { loss: ones, effectiveNegatives: ones, clamped: ones, sameLabelShare: ones },
    ids: Uint32Array.from(negatives, ({ id }) => id),
    share: Float32Array.from(negatives, ({ share }) => share),
    zone: Uint8Array.from(negatives, ({ zone }) => zone),
    similarity: new Float32Array(negatives.length),
    weight: new Float32Array(negatives.length),
    met: new Uint16Array(negatives.length),
  };
}
