import type { BinName } from '../../../../src-main/contract/bins.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';

/** What is less is not worth a word: it would read 0.0 %. */
const worthSaying = 0.0005;

/**
 * What a bin takes of all that is pushed, in a few words: "52.1 % of the push", "10.8 % of the push,
 * attracts 13.8 %". The pushes of all bins add up to 100 %.
 */
export function binShareWords({ binShares, clamped }: Explanation, bin: BinName): string {
  if (clamped) return 'no push: clamped';
  const { push, attraction } = partsOfPush(binShares, bin);
  const words = `${formatPercent(push)} of the push`;
  return attraction < worthSaying ? words : `${words}, attracts ${formatPercent(attraction)}`;
}

/** The same with what it is made of, in sentences. */
export function binShareDetails({ binShares, clamped }: Explanation, bin: BinName): string {
  const { pushed, push, attraction } = partsOfPush(binShares, bin);
  const sentences = [
    `It has ${formatPercent(push)} of all that is pushed, and attracts ${formatPercent(attraction)} as much.`,
    `Its signed share of the net gradient is ${formatPercent(binShares[bin].share)}: these add up to ${formatPercent(1, 0)} over all bins, and all that is pushed to ${formatPercent(pushed)}.`,
    bin === 'hard'
      ? 'False and suspected ones among the most pushed are not in it, so that it may have less than the hard share.'
      : '',
  ];
  const said = sentences.filter(Boolean).join(' ');
  return clamped
    ? `The loss is clamped, so that nothing is pushed; without the clamp: ${said}`
    : said;
}

/** What a bin pushes and attracts, as parts of Σ max(γ, 0), which is `pushed`; γ are the signed shares. */
function partsOfPush(binShares: Explanation['binShares'], bin: BinName) {
  const pushed = Object.values(binShares).reduce((sum, { push }) => sum + push, 0);
  const { push, attraction } = binShares[bin];
  const part = (value: number): number => (pushed === 0 ? 0 : value / pushed);
  return { pushed, push: part(push), attraction: part(attraction) };
}
