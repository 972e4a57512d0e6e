import { describe, expect, it } from 'vitest';
import { quantile, ratiosByTurn, spreadOf } from './spread.ts';

const ours = [0.41, 0.38, 0.9, 0.4, 0.44];
const peer = [0.52, 0.5, 0.85, 0.39, 0.61];

describe('the spread of a ratio over turns', () => {
  it('is of each turn’s own ratio, as NumPy’s divide and percentile give it', () => {
    const ratios = ratiosByTurn(ours, peer);
    const expected = [
      1.2682926829268293, 1.3157894736842106, 0.9444444444444444, 0.975, 1.3863636363636362,
    ];
    for (const [turn, ratio] of ratios.entries()) expect(ratio).toBeCloseTo(expected[turn]!, 12);
    const { median, lowest, lowerQuartile, upperQuartile, highest } = spreadOf(ratios);
    const numpy = [
      1.2682926829268293, 0.9444444444444444, 0.975, 1.3157894736842106, 1.3863636363636362,
    ];
    for (const [at, value] of [median, lowest, lowerQuartile, upperQuartile, highest].entries()) {
      expect(value).toBeCloseTo(numpy[at]!, 12);
    }
  });

  it('lies between neighbours where there is no middle turn', () => {
    const even = [3, 1, 2.5, 10];
    const numpy = { 0.5: 2.75, 0: 1, 0.25: 2.125, 0.75: 4.75, 1: 10, 0.1: 1.45 };
    for (const [share, value] of Object.entries(numpy)) {
      expect(quantile(even, Number(share))).toBeCloseTo(value, 12);
    }
  });

  it('is of pairs: a side that lacks a turn is refused, and so is no turn', () => {
    expect(() => ratiosByTurn(ours, peer.slice(1))).toThrow('other turns');
    expect(() => spreadOf([])).toThrow('no values');
  });
});
