import type { BinName } from '../../../../src-main/contract/bins.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';

/** What is less is not worth a word: it would read 0.0 %. */
const worthSaying = 0.0005;

/** What a bin takes of the push, in a few words: "52.1 % of the push", "pushes 10.8 %, attracts 13.8 %". */
export function binShareWords({ binShares, clamped }: Explanation, bin: BinName): string {
  if (clamped) return 'no push: clamped';
  const { share, push, attraction } = binShares[bin];
  return attraction < worthSaying
    ? `${formatPercent(share)} of the push`
    : `pushes ${formatPercent(push)}, attracts ${formatPercent(attraction)}`;
}

/** The same with what it is made of, in sentences. */
export function binShareDetails({ binShares, clamped }: Explanation, bin: BinName): string {
  const { share, push, attraction } = binShares[bin];
  const pushed = Object.values(binShares).reduce((sum, one) => sum + one.push, 0);
  const sum = `It pushes ${formatPercent(push)} and attracts ${formatPercent(attraction)}: ${formatPercent(share)} of the push in sum, which over all bins is ${formatPercent(1, 0)}. Of all that is pushed (${formatPercent(pushed)}) it has ${formatPercent(pushed === 0 ? 0 : push / pushed)}.`;
  return clamped
    ? `The loss is clamped, so that nothing is pushed; without the clamp: ${sum}`
    : sum;
}
