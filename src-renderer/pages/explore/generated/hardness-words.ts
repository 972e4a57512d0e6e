import { formatCount } from '../../../../src-main/contract/format-count.ts';
import type { GeneratedNegatives } from '../../../../src-main/contract/generated-negatives.ts';
import { formatSimilarity } from '../../../formats/formats.ts';

/** How hard generated negatives are beside real ones, in sentences. */
export function hardnessWords({
  harder,
  pictures,
  meanSimilarity,
  nearestSimilarity,
}: Pick<
  GeneratedNegatives,
  'harder' | 'pictures' | 'meanSimilarity' | 'nearestSimilarity'
>): string {
  const ascending = harder.toSorted();
  const middle = ascending[Math.floor(ascending.length / 2)] ?? 0;
  const mean = formatSimilarity(meanSimilarity);
  const beside = `their mean similarity to the anchor is ${mean}, that of its nearest picture ${formatSimilarity(nearestSimilarity)}.`;
  const all = formatCount(pictures);
  if (middle === 0) return `Harder than all ${all} real negatives: ${beside}`;
  if (middle === pictures) return `Easier than all ${all} real negatives: ${beside}`;
  const rank = formatCount(middle + 1);
  return `As hard as the ${ordinal(rank, middle + 1)} hardest of ${all} real negatives (the middle one of them): ${beside}`;
}

function ordinal(words: string, rank: number): string {
  const isTeen = rank % 100 > 10 && rank % 100 < 14;
  const ending = isTeen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[rank % 10] ?? 'th');
  return `${words}${ending}`;
}

/** How much they differ from noise to noise, as a part of what unit vectors at random would. */
export function diversityWords({ diversity }: Pick<GeneratedNegatives, 'diversity'>): string {
  return `Diversity, the mean of |n(z1) − n(z2)|: ${diversity.toPrecision(2)}; 0 where all are one.`;
}
