import { describe, expect, it } from 'vitest';
import { binNames } from '../../../../src-main/contract/bins.ts';
import { JudgedPairs } from '../../../../src-main/contract/judged-pairs.ts';
import type { VerdictKind } from '../../../../src-main/contract/verdicts.ts';
import {
  ledgerNegatives,
  withOthersEasy,
  type ShownNegatives,
} from '../../../../src-renderer/app/anchor/shown-negatives.ts';
import { ledgerOf } from '../../ledger-of.ts';
import { picturesOf } from '../../pictures-of.ts';

const pictures = picturesOf(
  { id: 1, path: '1.png', label: 'cat' },
  { id: 2, path: '2.png', label: 'cat' },
  { id: 3, path: '3.png', label: 'dog' },
  { id: 4, path: '4.png' },
  { id: 5, path: '5.png', label: 'dog' },
);

const noVerdicts = new JudgedPairs([], 'pairs');
/** Verdicts on pairs of pictures by id. */
function judged(...verdicts: readonly (readonly [number, number, VerdictKind])[]): JudgedPairs {
  return new JudgedPairs(
    verdicts.map(([a, b, verdict]) => ({ hashA: `hash${a}`, hashB: `hash${b}`, verdict })),
    'groups',
  );
}

const binsOf = ({ ids, bin }: ShownNegatives): unknown[] =>
  Array.from(ids, (id, index) => [id, binNames[bin[index] ?? 9]]);

describe('the negatives that a training recorded', () => {
  const negatives = [
    { id: 2, zone: 1, share: 0.4 },
    { id: 3, zone: 0, share: 0.3 },
    { id: 4, zone: 1, share: -0.2 },
    { id: 5, zone: 2, share: 0.1 },
  ];

  it('are false by label and else by zone', () => {
    const shown = ledgerNegatives(ledgerOf(1, [1], negatives, 'cat'), pictures, noVerdicts);
    expect(binsOf(shown)).toEqual([
      ...[
        [2, 'false'],
        [3, 'hard'],
        [4, 'ring'],
        [5, 'easy'],
      ],
    ]);
    expect(shown.share[2]).toBeCloseTo(-0.2);
  });

  const inBins = (pairs: JudgedPairs, label: string | null): unknown[] =>
    binsOf(ledgerNegatives(ledgerOf(1, [1], negatives, label), pictures, pairs));

  it('are false where they are judged the same as the anchor, whatever the labels', () => {
    expect(inBins(judged([1, 3, 'same'], [1, 4, 'same']), 'cat')).toEqual([
      ...[
        [2, 'false'],
        [3, 'false'],
        [4, 'false'],
        [5, 'easy'],
      ],
    ]);
    expect(inBins(judged([1, 5, 'same']), null)[3]).toEqual([5, 'false']);
  });

  it('are false where two chains of verdicts say that they are the same as the anchor', () => {
    const ring = judged([1, 4, 'same'], [4, 5, 'same'], [5, 6, 'same'], [6, 1, 'same']);
    expect(inBins(ring, 'cat').slice(2)).toEqual([
      ...[
        [4, 'false'],
        [5, 'false'],
      ],
    ]);
  });

  it('go by their zone where they are judged different, with the anchor’s label too', () => {
    expect(inBins(judged([2, 1, 'different'], [1, 3, 'unsure']), 'cat')).toEqual([
      ...[
        [2, 'ring'],
        [3, 'hard'],
        [4, 'ring'],
        [5, 'easy'],
      ],
    ]);
  });

  it('go by their labels where the verdict is unsure', () => {
    expect(inBins(judged([1, 2, 'unsure']), 'cat')[0]).toEqual([2, 'false']);
  });

  it('are never false where the anchor has no label and nothing was judged', () => {
    const unlabelled = picturesOf(
      { id: 1, path: '1.png' },
      ...[2, 3, 4, 5].map((id) => ({ id, path: `${id}.png`, label: 'cat' })),
    );
    const shown = ledgerNegatives(ledgerOf(1, [1], negatives, null), unlabelled, noVerdicts);
    expect(binsOf(shown)).toEqual([
      ...[
        [2, 'ring'],
        [3, 'hard'],
        [4, 'ring'],
        [5, 'easy'],
      ],
    ]);
  });

  it('are nothing where nothing was recorded', () => {
    expect(binsOf(ledgerNegatives(ledgerOf(1, [1]), pictures, noVerdicts))).toEqual([]);
  });
});

describe('every other picture as easy', () => {
  it('leaves the anchor out and what is shown in front, as it was', () => {
    const shown = {
      ids: Uint32Array.of(5, 2),
      bin: Uint8Array.of(0, 1),
      share: Float32Array.of(0.5, 0.25),
    };
    const whole = withOthersEasy(shown, 1, pictures);
    expect(binsOf(whole)).toEqual([
      ...[
        [5, 'hard'],
        [2, 'false'],
        [3, 'easy'],
        [4, 'easy'],
      ],
    ]);
    expect([...whole.share]).toEqual([0.5, 0.25, 0, 0]);
  });
});
