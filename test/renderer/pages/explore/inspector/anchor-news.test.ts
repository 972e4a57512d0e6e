import { expect, it } from 'vitest';
import { anchorNews } from '../../../../../src-renderer/pages/explore/inspector/anchor-news.ts';
import { calibratedBasis, explanationOf } from '../../../explanation-of.ts';
import { ledgerOf } from '../../../ledger-of.ts';

const explanation = explanationOf(1, [
  { id: 2, bin: 'hard' },
  { id: 3, bin: 'easy' },
  { id: 4, bin: 'easy' },
]);
const ledger = ledgerOf(7, [7], [{ id: 2 }, { id: 4 }]);
/** Of the two recorded ones, and of the others that the map shows. */
const bins = Uint8Array.of(0, 3, 4, 4, 4);

it('counts the negatives of what the anchor is compared with', () => {
  const shown = { explanation, ledger, bins };
  expect(anchorNews('one', { ...shown, candidateSet: 'library' })).toBe(
    'Anchor: one, no label. Negatives of the whole library on h: 1 hard, 0 false, 0 suspected, 0 ring, 2 easy.',
  );
  expect(anchorNews('one', { ...shown, candidateSet: 'training' })).toBe(
    'Anchor: one, no label. Negatives recorded in epoch 7 on z: 1 hard, 0 false, 0 suspected, 1 ring, 0 easy.',
  );
  const batch = { ...explanation, batch: { size: 4, seed: 1 } };
  expect(anchorNews('one', { ...shown, explanation: batch, candidateSet: 'batch' })).toContain(
    'Negatives of one batch on h:',
  );
  const posteriorBasis = { ...calibratedBasis, kind: 'pending' } as const;
  const pending = { ...explanation, posteriorBasis };
  expect(anchorNews('one', { ...shown, explanation: pending, candidateSet: 'library' })).toBe(
    'Anchor: one, no label.',
  );
});

it('says that nothing was recorded, where the ledger is none or another anchor’s', () => {
  for (const of of [
    { ledger: null, bins: null },
    { ledger: { ...ledger, anchor: { ...ledger.anchor, hash: 'x' } }, bins },
  ]) {
    expect(anchorNews('one', { explanation, candidateSet: 'training', ...of })).toMatch(
      /The training recorded no negatives of it\.$/,
    );
  }
});
