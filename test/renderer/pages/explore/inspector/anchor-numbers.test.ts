import { describe, expect, it } from 'vitest';
import { anchorNumbers } from '../../../../../src-renderer/pages/explore/inspector/anchor-numbers.ts';
import { explanationOf } from '../../../explanation-of.ts';
import { ledgerOf } from '../../../ledger-of.ts';

const explanation = explanationOf(
  1,
  [
    { id: 2, bin: 'false' },
    { id: 3, bin: 'hard' },
    { id: 4, bin: 'easy' },
  ],
  { loss: 5.357, effectiveNegatives: 2.4 },
);
const ledger = {
  ...ledgerOf(7, [6, 7]),
  totals: { loss: 6.416, effectiveNegatives: 41.26, clamped: 0.5, sameLabelShare: 0.034 },
};

function shown(
  candidateSet: 'library' | 'training' | 'batch',
  of = { explanation, ledger: ledger as typeof ledger | null, epoch: null as number | null },
) {
  const { scope, numbers } = anchorNumbers(of.explanation, of.ledger, {
    candidateSet,
    epoch: of.epoch,
  });
  return [scope, ...numbers.map(({ name, value }) => `${name} ${value}`)];
}

describe('the numbers of an anchor', () => {
  it('are the ledger’s in training, of its epoch, and none of the library’s', () => {
    expect(shown('training')).toEqual([
      'In training, epoch 7',
      'effective negatives 41.3',
      'loss of this anchor 6.42',
      'share on its own label 3.4\u00a0%',
      'views clamped 50\u00a0%',
    ]);
  });

  it('are none where the training recorded nothing, or the ledger is another anchor’s still', () => {
    const of = { explanation, ledger: null, epoch: null };
    expect(shown('training', of)).toEqual(['In training']);
    const next = explanationOf(9, []);
    expect(shown('training', { ...of, explanation: next, ledger })).toEqual(['In training']);
  });

  it('are those of all pictures, by the epoch whose embeddings are explained', () => {
    const numbers = [
      'effective negatives 2 of 3',
      'loss of this anchor 5.36',
      'false among top 3 1 (33\u00a0%)',
      'clamped no',
    ];
    expect(shown('library')).toEqual(['Whole library', ...numbers]);
    const of = { explanation, ledger, epoch: 4 };
    expect(shown('library', of)).toEqual(['Whole library, after epoch 4', ...numbers]);
  });

  it('are those of the drawn batch, which is named', () => {
    const drawn = { ...explanation, batch: { size: 64, seed: 3 } };
    const of = { explanation: drawn, ledger, epoch: null };
    expect(shown('batch', of)[0]).toBe('One batch of 64, seed 3');
  });

  it('name their space and their N, in a batch of the training the views', () => {
    const basisOf = (change: Partial<typeof explanation>): string =>
      anchorNumbers({ ...explanation, ...change }, ledger, { candidateSet: 'batch', epoch: null })
        .basis;
    expect(basisOf({})).toBe('on h, N = 3 pictures');
    const trained = { epoch: 2, step: 34, views: 2, clampedViews: 0.5 };
    const own = {
      ...{ space: 'z' as const, candidates: 3, negatives: 126 },
      batch: { size: 64, seed: null, trained },
    };
    expect(basisOf(own)).toBe('on z, N = 126 views');
    const of = { explanation: { ...explanation, ...own }, ledger, epoch: null };
    expect(shown('batch', of)).toEqual([
      'Its batch of 64 in epoch 2',
      'effective negatives 2 of 126',
      'loss of this anchor 5.36',
      'false among top 3 1 (33\u00a0%)',
      'clamped 50\u00a0% of its views',
    ]);
  });

  it('name N of the training, by the run’s settings', () => {
    const run = { objective: 'simclr', settings: { batch: 64 } };
    const of = { candidateSet: 'training' as const, epoch: null, run };
    const { basis, numbers } = anchorNumbers(explanation, ledger, of);
    expect(basis).toBe('on z, as each step had it, N = 126 views of its batch');
    expect(numbers[0]!.value).toBe('41.3 of 126');
  });

  it('name the loss of the knobs where the run has none', () => {
    const run = { objective: null, settings: {} };
    const of = { candidateSet: 'library' as const, epoch: null, run };
    const loss = anchorNumbers(explanation, null, of).numbers[1]!;
    expect(loss.name).toBe('loss by the knobs');
    expect(loss.meaning).toContain('the picture itself as its positive');
  });
});
