import { isotonicRegression } from '../../numeric/isotonic-regression.ts';
import { foldCount } from './pair-counts.ts';
import type { PairCounts } from './pair-counts.ts';

/** Known pairs, and those of them that are the same, by bin of rank, [bins]. */
interface BinCounts {
  readonly known: Float64Array;
  readonly same: Float64Array;
}

/** The pairs of which no picture is in the given fold; all pairs without one. */
export function countsWithout(counts: PairCounts, fold: number | null): BinCounts {
  const { bins } = counts;
  const known = new Float64Array(bins);
  const same = new Float64Array(bins);
  for (let cell = 0; cell < foldCount * foldCount; cell++) {
    const [anchorFold, otherFold] = [Math.floor(cell / foldCount), cell % foldCount];
    if (anchorFold === fold || otherFold === fold) continue;
    for (let bin = 0; bin < bins; bin++) {
      const at = cell * bins + bin;
      known[bin] = (known[bin] as number) + (counts.known[at] as number);
      same[bin] = (same[bin] as number) + (counts.same[at] as number);
    }
  }
  return { known, same };
}

/**
 * P(same | bin of rank), falling with the rank: the isotonic regression of same on the bins, [bins]. A
 * bin without known pairs has the value of the next less similar one that has some, else of the last.
 */
export function calibrationCurve({ known, same }: BinCounts): Float64Array {
  // From the least similar bin, so that the probability rises.
  const counted = Array.from(known.keys())
    .filter((bin) => (known[bin] as number) > 0)
    .reverse();
  const fitted = isotonicRegression(
    counted.map((bin) => (same[bin] as number) / (known[bin] as number)),
    counted.map((bin) => known[bin] as number),
  );
  const curve = new Float64Array(known.length).fill(fitted[0] ?? NaN);
  for (const [index, bin] of counted.entries()) {
    curve.fill(fitted[index] as number, (counted[index + 1] ?? -1) + 1, bin + 1);
  }
  return curve;
}

/** P(a false negative has a lower rank than a true one), ranks of one bin counted half; NaN without. */
export function rankAuc({ known, same }: BinCounts): number {
  let [allSame, allDifferent, won] = [0, 0, 0];
  for (const [bin, count] of known.entries()) {
    const falseOnes = same[bin] as number;
    const trueOnes = count - falseOnes;
    won += trueOnes * (allSame + falseOnes / 2);
    allSame += falseOnes;
    allDifferent += trueOnes;
  }
  return won / (allSame * allDifferent);
}
