import type { JudgedSameNegatives } from '../../../../src-main/contract/judged-same-negatives.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';

/**
 * How many of the pairs judged the same a training pushed apart, and what part of the gradient that
 * took; null where it recorded none.
 */
export function judgedSameWords(
  judged: JudgedSameNegatives | null,
): readonly [value: string, note: string] | null {
  if (judged === null || judged.pairs === 0) return null;
  const { negatives, pairs, gradientShare } = judged;
  const share = gradientShare === null ? '' : `, ${formatPercent(gradientShare)} of the gradient`;
  return [String(negatives), `of ${pairs}${share}`];
}
