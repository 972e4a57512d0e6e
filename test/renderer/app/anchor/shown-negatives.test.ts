import { describe, expect, it } from 'vitest';
import { binNames } from '../../../../src-main/contract/bins.ts';
import { JudgedPairs } from '../../../../src-main/contract/judged-pairs.ts';
import type { VerdictKind } from '../../../../src-main/contract/verdicts.ts';
import {
  binSettings,
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
  /** The first two take half of the push. */
  const noRing = { hasRing: false, hardShare: 0.5 };
  const ring = { hasRing: true, hardShare: 0.5 };

  it('are false by label, hard while they take the push, and else by zone', () => {
    const shown = ledgerNegatives(ledgerOf(1, [1], negatives, 'cat'), pictures, noVerdicts, noRing);
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
    binsOf(ledgerNegatives(ledgerOf(1, [1], negatives, label), pictures, pairs, noRing));

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

  it('go by the push where they are judged different, with the anchor’s label too', () => {
    expect(inBins(judged([2, 1, 'different'], [1, 3, 'unsure']), 'cat')).toEqual([
      ...[
        [2, 'hard'],
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
    const shown = ledgerNegatives(
      ledgerOf(1, [1], negatives, null),
      unlabelled,
      noVerdicts,
      noRing,
    );
    expect(binsOf(shown)).toEqual([
      ...[
        [2, 'hard'],
        [3, 'hard'],
        [4, 'ring'],
        [5, 'easy'],
      ],
    ]);
  });

  /** The one with the anchor's label does not show the same. */
  const apart = judged([1, 2, 'different']);

  it('are fewer hard ones the smaller the share, of all the gradient and not of what was recorded', () => {
    const hardOf = (hardShare: number): unknown[] =>
      binsOf(
        ledgerNegatives(ledgerOf(1, [1], negatives, null), pictures, apart, {
          hasRing: false,
          hardShare,
        }),
      ).filter((one) => (one as [number, string])[1] === 'hard');
    // Of the gradient 0.4 and 0.7 are reached; the recorded ones push 0.8 in all.
    expect(hardOf(0.35)).toHaveLength(1);
    expect(hardOf(0.45)).toHaveLength(2);
    expect(hardOf(0.75)).toHaveLength(3);
  });

  it('of a loss with a ring are ring where it keeps them, and hard where it attracts them', () => {
    const shown = ledgerNegatives(ledgerOf(1, [1], negatives, null), pictures, apart, ring);
    expect(binsOf(shown)).toEqual([
      ...[
        [2, 'ring'],
        [3, 'hard'],
        [4, 'ring'],
        [5, 'easy'],
      ],
    ]);
  });

  it('have the settings of the run that was trained, and the knob', () => {
    const settings = { selection: 'ball' };
    expect(binSettings({ objective: 'moco', settings }, {})).toEqual({
      ...{ hasRing: true, hardShare: 0.5 },
    });
    expect(binSettings({ objective: 'ring', settings: {} }, { hardShare: 0.2 })).toEqual({
      ...{ hasRing: true, hardShare: 0.2 },
    });
    expect(binSettings({ objective: 'hard', settings: {} }, {}).hasRing).toBe(false);
    expect(binSettings(undefined, {}).hasRing).toBe(false);
  });

  it('are nothing where nothing was recorded', () => {
    expect(binsOf(ledgerNegatives(ledgerOf(1, [1]), pictures, noVerdicts, noRing))).toEqual([]);
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
