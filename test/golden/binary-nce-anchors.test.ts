import { describe, expect, it } from 'vitest';
import { binaryNceGradient } from '../../src-main/engine/explain/binary-nce-gradient.ts';
import { casesOf, dot, largestDifference, parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';

/** Anchors against the rows of a bank that were drawn for them; the first draw is the positive. */
interface DrawnAnchors {
  readonly anchors: Matrix;
  readonly bank: Matrix;
  readonly drawn: Matrix;
  readonly normaliser: number;
}

/** The mean loss of the anchors, and its gradient by them, put together of what pushes each pair. */
function explained(golden: GoldenCase, { anchors, bank, drawn, normaliser }: DrawnAnchors) {
  const [pictures, draws] = [parameter(golden, 'bank_size'), parameter(golden, 'K')];
  let loss = 0;
  const gradient = anchors.map((anchor, index) => {
    const [positive = [], ...negatives] = (drawn[index] ?? []).map((row) => bank[row] ?? []);
    const own = binaryNceGradient(
      Float64Array.from(negatives, (row) => dot(anchor, row)),
      dot(anchor, positive),
      parameter(golden, 'temperature'),
      { ratio: draws / pictures, draws: 1, pictures, logNormalisers: [Math.log(normaliser)] },
    );
    loss += own.loss / anchors.length;
    return anchor.map((_, place) => {
      const pushed = negatives.map((row, column) => (own.pushes[column] ?? 0) * (row[place] ?? 0));
      const sum = pushed.reduce((total, value) => total + value, own.pull * (positive[place] ?? 0));
      return sum / anchors.length;
    });
  });
  return { loss, gradient };
}

function matrix({ inputs }: GoldenCase, name: string): Matrix {
  return inputs[name] as Matrix;
}

function aux({ expected }: GoldenCase, name: string): number {
  return (expected['aux'] as Record<string, number>)[name] ?? NaN;
}

function gradientOf({ expected }: GoldenCase, name: string): Matrix {
  return (expected['grad'] as Record<string, Matrix>)[name] ?? [];
}

describe('anchors of binary NCE push and pull as the official code’s gradient', () => {
  it.each(casesOf('ir_nce'))('$name', (golden) => {
    const { loss, gradient } = explained(golden, {
      anchors: matrix(golden, 'x'),
      bank: matrix(golden, 'bank'),
      drawn: matrix(golden, 'sample_indices'),
      normaliser: aux(golden, 'Z_used'),
    });
    expect(loss).toBeCloseTo(golden.expected['loss'] as number, 9);
    const official = gradientOf(golden, 'x').flat();
    expect(largestDifference(gradient.flat(), official)).toBeLessThan(1e-9);
  });

  it.each(casesOf('cmc_nce'))('$name, each side against the other’s bank', (golden) => {
    const drawn = matrix(golden, 'sample_indices');
    const sides = [
      { name: 'l', bank: 'memory_ab', normaliser: 'Z_l_used', loss: 'loss_l' },
      { name: 'ab', bank: 'memory_l', normaliser: 'Z_ab_used', loss: 'loss_ab' },
    ];
    for (const { name, bank, normaliser, loss } of sides) {
      const side = explained(golden, {
        ...{ anchors: matrix(golden, name), bank: matrix(golden, bank), drawn },
        normaliser: aux(golden, normaliser),
      });
      expect(side.loss).toBeCloseTo(aux(golden, loss), 9);
      const official = gradientOf(golden, name).flat();
      expect(largestDifference(side.gradient.flat(), official)).toBeLessThan(1e-9);
    }
  });
});
