import type { AnchorLedger } from '../../src-main/contract/ledger.ts';
import { columnOf, type MadeUpNegative } from './made-up-negative.ts';

/** What a training wrote down of picture 1 in one of its epochs, with some negatives. */
export function ledgerOf(
  epoch: number,
  epochs: readonly number[],
  negatives: readonly MadeUpNegative[] = [],
  label: string | null = null,
): AnchorLedger {
  const ones = new Float32Array(epochs.length).fill(1);
  return {
    anchor: { id: 1, hash: 'hash1', path: '1.png', label },
    ...{ epoch, epochs: [...epochs] },
    totals: { loss: 1, effectiveNegatives: 1, clamped: 0, sameLabelShare: 0 },
    history: { loss: ones, effectiveNegatives: ones, clamped: ones, sameLabelShare: ones },
    ids: Uint32Array.from(columnOf(negatives, 'id')),
    similarity: Float32Array.from(columnOf(negatives, 'similarity')),
    weight: Float32Array.from(columnOf(negatives, 'weight')),
    share: Float32Array.from(columnOf(negatives, 'share')),
    met: Uint16Array.from(negatives, (_, index) => index + 1),
    zone: Uint8Array.from(columnOf(negatives, 'zone')),
  };
}
