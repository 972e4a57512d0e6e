import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import { formatSimilarity } from '../../../formats/formats.ts';

type Compared = Pick<Explanation, 'space' | 'spaces' | 'positive' | 'positiveSimilarity'>;

/** The space of an explanation's numbers where it has no other, and where its positive is from. */
export function positiveWords({ space, spaces, positive, positiveSimilarity }: Compared): string {
  const similarity = formatSimilarity(positiveSimilarity);
  const only = spaces.length > 1 ? '' : `${onlySpace[space]} `;
  return `${only}Positive s⁺ ${similarity}${originWords(positive)}`;
}

const onlySpace: Readonly<Record<Explanation['space'], string>> = {
  z: 'On z, which is this head’s h.',
  h: 'On h: this run has no z.',
};

function originWords({ from, spread, views }: Explanation['positive']): string {
  switch (from) {
    case 'views':
      return ` ± ${formatSimilarity(spread ?? 0)}, measured of ${views ?? 0} views.`;
    case 'step':
      return ', of its views in that step.';
    case 'given':
      return views === null ? ', as you set it.' : ', as you set it, not as measured.';
    case 'itself':
      return ': the picture itself stands for its views.';
  }
}
